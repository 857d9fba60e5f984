import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Check, EngineState, SetupReport, WayProof } from '#shared/contract.ts';
import {
  changeSetup,
  followSetup,
  hideSetup,
  refreshSetup,
  showSetup,
  useSetup,
} from '../../../../renderer/setup/setupStore.ts';
import { receiveState } from '../../../../renderer/state/store.ts';
import { session } from '../fixtures.ts';
import { aCheck, aReport } from './report.ts';

type Answer =
  | { ok: true; value: SetupReport | Check[] | WayProof[] }
  | { ok: false; failure: { kind: string; message: string; remedy: null } };

const refusal = {
  ok: false,
  failure: { kind: 'plan-changed', message: 'It is another one.', remedy: null },
} as const;
const problem = aCheck({ id: 'linker', state: 'problem' });
const proof = { holds: true, text: 'all 7 units.' };
const answers: Record<string, Answer> = {
  setupChecks: { ok: true, value: [problem] },
  setup: { ok: true, value: aReport() },
  setupProofs: { ok: true, value: [{ plan: 'plan-1', proof }] },
};
const query = vi.fn(async (name: string): Promise<Answer> => answers[name] ?? refusal);
const asked = () => query.mock.calls.map(([name]) => name);
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
    checks: [],
    report: null,
    looking: false,
    proving: false,
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

describe('what is known of the setup', () => {
  it('is a count of what is wrong, a moment after a workspace was opened, once', async () => {
    expect(query).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    expect(asked()).toEqual(['setupChecks']);
    expect([now().checks, now().report]).toEqual([[problem], null]);
    receiveState(open('/one'));
    await vi.runAllTimersAsync();
    expect(query).toHaveBeenCalledOnce();
  });

  it('is a report once somebody looks, and then what cargo says of its ways', async () => {
    let answer = (_: Answer): void => {};
    query.mockImplementation((name) =>
      name === 'setupProofs'
        ? new Promise((resolve) => {
            answer = resolve;
          })
        : Promise.resolve(answers[name] ?? refusal),
    );
    const proofs = () => now().report?.ways.map((way) => way.proof);
    await refreshSetup();
    expect([now().proving, now().looking, now().checks]).toEqual([true, false, aReport().checks]);
    expect(proofs()).toEqual([null, null]);
    answer({ ok: true, value: [{ plan: 'plan-1', proof }] });
    await vi.runAllTimersAsync();
    expect([now().proving, proofs()]).toEqual([false, [proof, null]]);
    // What is known of the same plan stays until it is said again; an answer to an older question counts for nothing.
    await refreshSetup();
    expect([now().proving, proofs()]).toEqual([true, [proof, null]]);
    const late = answer;
    await refreshSetup();
    late({ ok: true, value: [] });
    await vi.advanceTimersByTimeAsync(1);
    expect([now().proving, proofs()]).toEqual([true, [proof, null]]);
    answer(refusal);
    await vi.runAllTimersAsync();
    expect([now().proving, proofs()]).toEqual([false, [null, null]]);
    query.mockImplementation(async (name) => answers[name] ?? refusal);
  });

  it('is a report also where the view was closed while it was asked for', async () => {
    showSetup();
    hideSetup();
    await vi.runAllTimersAsync();
    expect([now().looking, now().report?.root]).toEqual([false, '/srv']);
  });

  it('is kept while the workspace is opened again, and asked for again', async () => {
    await vi.runAllTimersAsync();
    showSetup();
    await vi.runAllTimersAsync();
    query.mockClear();
    receiveState({ name: 'empty' });
    receiveState({ name: 'opening', root: '/one' });
    expect([now().shown, now().report?.root]).toEqual([true, '/srv']);
    receiveState(open('/one'));
    await vi.runAllTimersAsync();
    expect(asked()).toEqual(['setup', 'setupProofs']);
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
    expect(asked()).toEqual(['setupChecks']);
    showSetup();
    expect(now().shown).toBe(true);
  });

  it('stays where a later look fails, with the reason', async () => {
    await refreshSetup();
    query.mockResolvedValueOnce(refusal);
    await refreshSetup();
    expect(now().failure).toEqual(refusal.failure);
    expect(now().report).not.toBeNull();
    query.mockRejectedValueOnce(new Error('gone'));
    await refreshSetup();
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
    await refreshSetup();
    expect(await changeSetup('applySetup', { way: 'flags', plan: 'plan-1' })).toBe(true);
    expect(request).toHaveBeenCalledExactlyOnceWith('applySetup', { way: 'flags', plan: 'plan-1' });
    expect(now().changed).toEqual({ did: 'applied', gitBefore: [' M a'] });
    expect([now().report?.git, now().busy]).toEqual([[], null]);
  });

  it('that is refused says why, and looks all the same', async () => {
    request.mockResolvedValueOnce(refusal);
    expect(await changeSetup('useLinker', { linker: 'gold' })).toBe(false);
    expect([now().refused, now().changed, now().busy]).toEqual([refusal.failure, null, null]);
    expect(asked()).toEqual(['setup', 'setupProofs']);
  });

  it('waits for none that is under way', async () => {
    const first = changeSetup('revertSetup', { resolutions: {} });
    expect(await changeSetup('useToolchain', { toolchain: null })).toBe(false);
    expect(await first).toBe(true);
    expect(request).toHaveBeenCalledOnce();
    expect(now().changed?.did).toBe('reverted');
  });
});
