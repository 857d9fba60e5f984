import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineState, SetupReport } from '../../../../preload/contract.ts';
import {
  changeSetup,
  followSetup,
  hideSetup,
  lookAtSetup,
  showSetup,
  useSetup,
} from '../../../../renderer/state/setup.ts';
import { receiveState } from '../../../../renderer/state/store.ts';
import { session } from '../fixtures.ts';
import { aReport } from './report.ts';

type Answer =
  | { ok: true; value: SetupReport }
  | { ok: false; failure: { kind: string; message: string; remedy: null } };

const refusal = {
  ok: false,
  failure: { kind: 'plan-changed', message: 'It is another one.', remedy: null },
} as const;
const query = vi.fn(async (_name: string): Promise<Answer> => ({ ok: true, value: aReport() }));
const request = vi.fn(async (_name: string, _params: unknown): Promise<unknown> => ({ ok: true }));
const now = () => useSetup.getState();
const open = (root: string): EngineState => ({
  name: 'open',
  session: session({ workspace: { ...session().workspace, root } }),
});

let end = () => {};
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { hotdeck: { query, request } });
  end = followSetup();
  receiveState(open('/one'));
});
afterEach(() => {
  end();
  receiveState(open('/another'));
  receiveState({ name: 'empty' });
  useSetup.setState({
    shown: false,
    report: null,
    looking: false,
    failure: null,
    busy: null,
    refused: null,
    changed: null,
  });
  query.mockClear();
  request.mockClear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('what is known of the set-up', () => {
  it('is asked for a moment after a workspace was opened, once', async () => {
    expect(query).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    expect(query).toHaveBeenCalledOnce();
    expect(now().report?.root).toBe('/srv');
    receiveState(open('/one'));
    await vi.runAllTimersAsync();
    expect(query).toHaveBeenCalledOnce();
  });

  it('is kept while the workspace is opened anew, and asked for again', async () => {
    await vi.runAllTimersAsync();
    showSetup();
    await vi.runAllTimersAsync();
    query.mockClear();
    receiveState({ name: 'empty' });
    receiveState({ name: 'opening', root: '/one' });
    expect([now().shown, now().report?.root]).toEqual([true, '/srv']);
    receiveState(open('/one'));
    await vi.runAllTimersAsync();
    expect(query).toHaveBeenCalledOnce();
    expect(now().shown).toBe(true);
  });

  it('goes with its workspace, and an answer that comes later counts for nothing', async () => {
    showSetup();
    receiveState({ name: 'opening', root: '/two' });
    await vi.runAllTimersAsync();
    expect([now().shown, now().report, now().looking]).toEqual([false, null, false]);
  });

  it('is asked for also where the workspace could not be opened', async () => {
    receiveState({ name: 'failed', root: '/one', failure: refusal.failure });
    await vi.runAllTimersAsync();
    expect(query).toHaveBeenCalledOnce();
    showSetup();
    expect(now().shown).toBe(true);
  });

  it('stays where a later look fails, with the reason', async () => {
    await lookAtSetup();
    query.mockResolvedValueOnce(refusal);
    await lookAtSetup();
    expect(now().failure).toEqual(refusal.failure);
    expect(now().report).not.toBeNull();
    query.mockRejectedValueOnce(new Error('gone'));
    await lookAtSetup();
    expect(now().failure?.message).toContain('gone');
  });
});

describe('the view', () => {
  it('needs a workspace', () => {
    receiveState({ name: 'empty' });
    showSetup();
    expect(now().shown).toBe(false);
  });

  it('opens and closes', () => {
    showSetup();
    expect(now().shown).toBe(true);
    hideSetup();
    expect(now().shown).toBe(false);
  });
});

describe('a request', () => {
  it('is followed by a look, and keeps what git said before', async () => {
    query.mockResolvedValueOnce({ ok: true, value: aReport({ git: [' M a'] }) });
    await lookAtSetup();
    expect(await changeSetup('applySetup', { way: 'flags', plan: 'plan-1' })).toBe(true);
    expect(request).toHaveBeenCalledExactlyOnceWith('applySetup', { way: 'flags', plan: 'plan-1' });
    expect(now().changed).toEqual({ did: 'applied', gitBefore: [' M a'] });
    expect([now().report?.git, now().busy]).toEqual([[], null]);
  });

  it('that is refused says why, and looks all the same', async () => {
    request.mockResolvedValueOnce(refusal);
    expect(await changeSetup('useLinker', { linker: 'gold' })).toBe(false);
    expect([now().refused, now().changed, now().busy]).toEqual([refusal.failure, null, null]);
    expect(query).toHaveBeenCalledOnce();
  });

  it('waits for none that is under way', async () => {
    const first = changeSetup('revertSetup', { resolutions: {} });
    expect(await changeSetup('useToolchain', { toolchain: null })).toBe(false);
    expect(await first).toBe(true);
    expect(request).toHaveBeenCalledOnce();
    expect(now().changed?.did).toBe('reverted');
  });
});
