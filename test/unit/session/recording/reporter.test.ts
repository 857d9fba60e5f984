import { expect, test } from 'vitest';
import type { BuildState, Problem, SessionPatch, SessionState } from '#shared/contract.ts';
import { HostMessageSchema } from '../../../../main/engine/protocol.ts';
import { type NewsMessage, Reporter } from '../../../../main/engine/session/recording/reporter.ts';
import { SessionStore } from '../../../../main/engine/session/store.ts';
import { aReload, aSession } from '../../../support/session.ts';

function setUp(initial: Partial<SessionState> = {}) {
  const store = new SessionStore(aSession(initial));
  const messages: NewsMessage[] = [];
  const reporter = new Reporter(store, (message) => {
    expect(HostMessageSchema.parse(message)).toEqual(message);
    messages.push(message);
  });
  const set = (patch: SessionPatch): NewsMessage[] => {
    messages.length = 0;
    store.set(patch);
    return [...messages];
  };
  return { set, reporter, messages };
}

const building = (done: number, of: number | null): BuildState => ({
  ...{ name: 'building', since: 0, done, of, crates: [], usual: null, trigger: 'Build' },
});
const failed: BuildState = { name: 'failed', took: 1, at: 1, errors: 2 };
const ok: BuildState = { name: 'ok', took: 1, at: 1, rebuilt: [] };
const problem: Problem = {
  ...{ id: '1', level: 'error', message: 'mismatched types', code: null, package: 'api', file: 'api/a.rs' },
  ...{ line: 7, column: 3, rendered: '', spans: [], children: [], suggestions: [] },
};

test('how far a build is, when that changes by a hundredth, until it is over', () => {
  const { set } = setUp();
  expect(set({ build: building(0, null) })).toEqual([{ type: 'progress', build: { done: null } }]);
  expect(set({ build: building(1, null) })).toEqual([]);
  expect(set({ build: building(1, 4) })).toEqual([{ type: 'progress', build: { done: 0.25 } }]);
  expect(set({ build: building(1, 4) })).toEqual([]);
  expect(set({ build: ok })).toEqual([{ type: 'progress', build: null }]);
  expect(set({ build: { name: 'idle' } })).toEqual([]);
});

test('a build that failed, with its first error; and that it no longer does', () => {
  const { set } = setUp();
  set({ build: building(0, null) });
  const told = set({ problems: [problem], build: failed });
  expect(told).toContainEqual({
    type: 'news',
    kind: 'build',
    news: {
      title: 'The build of srv failed',
      body: 'api/a.rs:7: mismatched types (and 1 more error)',
      tab: 'problems',
    },
  });
  set({ build: building(0, null) });
  expect(set({ build: ok })).toContainEqual({ type: 'news', kind: 'build', news: null });
  set({ build: building(0, null) });
  expect(set({ build: ok })).toEqual([{ type: 'progress', build: null }]);
});

test('a crash, until the server starts again', () => {
  const { set } = setUp({ server: { name: 'running', pid: 1, since: 0 } });
  const [told] = set({ server: { name: 'crashed', code: null, signal: 'SIGSEGV', at: 1 } });
  expect(told).toMatchObject({ kind: 'crash', news: { tab: 'server', body: 'It ended with SIGSEGV.' } });
  expect(set({ server: { name: 'starting', pid: 2, since: 2 } })).toEqual([
    { type: 'news', kind: 'crash', news: null },
  ]);
  expect(set({ server: { name: 'running', pid: 2, since: 2 } })).toEqual([]);
});

test.each(['stuck', 'partial', 'timed out'] as const)('a reload that is %s', (verdict) => {
  const { set } = setUp();
  expect(set({ lastReload: aReload({ verdict: 'running' }) })).toEqual([]);
  const lastReload = aReload({ verdict, message: 'api stayed.' });
  const [told, ...others] = set({ lastReload });
  expect(told).toMatchObject({
    kind: 'reload',
    news: { title: `Reload 1 of srv: ${verdict}`, body: 'api stayed.' },
  });
  expect(others).toEqual([]);
  expect(set({ lastReload })).toEqual([]);
  expect(set({ lastReload: aReload({ number: 2, verdict: 'swapped' }) })).toEqual([
    { type: 'news', kind: 'reload', news: null },
  ]);
});

test('no progress is left when the session is closed', () => {
  const { set, reporter, messages } = setUp();
  set({ build: building(0, null) });
  messages.length = 0;
  reporter.close();
  expect(messages).toEqual([{ type: 'progress', build: null }]);
});
