import { describe, expect, test } from 'vitest';
import { summarizeEvents } from '../../../../main/engine/logs/events/summary.ts';
import { NO_CORE } from '../../../../main/engine/process/coreFile.ts';
import type { Observed } from '../../../../main/engine/session/reload/observed.ts';
import type { Outcome } from '../../../../main/engine/session/reload/outcome.ts';
import { judge } from '../../../../main/engine/session/reload/reloadVerdict.ts';

const plan = {
  rule: 'stack' as const,
  unload: ['b', 'a'],
  load: ['a', 'b'],
  restart: [],
  leftBehind: [],
  notTaken: [],
  unchanged: [],
  along: [],
  reasons: {},
  findings: [],
};

const SERVER = 4711;
const held = (module: string, pid: number): Observed['held'][number] => ({
  module,
  image: { device: 'fe:00', inode: '7', path: '/x', deleted: true, pid, address: '7f00-7f10' },
});

function verdict(observed: Partial<Observed>, more: Partial<Outcome> = {}): ReturnType<typeof judge> {
  return judge({
    plan,
    cause: 'reload',
    by: 'signal',
    halted: null,
    isPast: false,
    evidence: 'maps',
    observed: {
      end: 'complete',
      swapped: [],
      stayed: [],
      missing: [],
      returned: [],
      fresh: [],
      along: [],
      unseenAlong: [],
      held: [],
      olderCopies: [],
      server: SERVER,
      hidden: [],
      served: true,
      ...observed,
    },
    steps: [],
    log: summarizeEvents([]),
    logSpeaks: true,
    failure: null,
    uncaught: null,
    newness: 'file-identity',
    stuckBefore: [],
    end: null,
    tail: ['one', '', 'two'],
    said: [],
    timeout: 60_000,
    label: (name) => name.toUpperCase(),
    holder: () => null,
    ...more,
  });
}

test.each<[string, Partial<Observed>]>([
  ['swapped', { swapped: ['a', 'b'] }],
  ['stuck', { end: 'quiet', swapped: ['b'], stayed: ['a'] }],
  ['stuck', { end: 'quiet', stayed: ['a', 'b'] }],
  ['stuck', { end: 'timed out', swapped: ['b'], stayed: ['a'] }],
  ['timed out', { end: 'timed out', stayed: ['a', 'b'] }],
  ['partial', { end: 'quiet', swapped: ['a'], missing: ['b'] }],
  ['refused', { end: 'refused', stayed: ['a', 'b'] }],
  ['crashed', { end: 'gone', missing: ['a', 'b'] }],
  ['nothing', { end: 'quiet' }],
])('%s: %j', (expected, observed) => {
  expect(verdict(observed).verdict).toBe(expected);
});

test('whatever stayed, it never says swapped', () => {
  for (const end of ['complete', 'quiet', 'timed out'] as const) {
    for (const stayed of [['a'], ['a', 'b']]) {
      const told = verdict({ end, stayed, swapped: ['b'] });
      expect(`${told.verdict} ${told.message}`).not.toMatch(/swapped/i);
    }
  }
});

test('a crash names the signal or the exit code, and shows the last lines', () => {
  const died = {
    at: 0,
    code: null,
    signal: 'SIGSEGV',
    crashed: true,
    tail: [],
    recent: [],
    atStart: false,
    core: NO_CORE,
  };
  expect(verdict({ end: 'gone' }, { end: died })).toMatchObject({
    message: 'The server died during the reload (SIGSEGV).',
    lines: ['one', 'two'],
  });
  expect(verdict({ end: 'gone' }, { end: { ...died, code: 127, signal: null } }).message).toContain(
    'exit code 127',
  );
  expect(verdict({ end: 'gone' }, { end: { ...died, code: 0, signal: null, crashed: false } })).toMatchObject(
    {
      verdict: 'ended',
      message: 'The server ended before the reload was over (exit code 0).',
      lines: [],
    },
  );
});

test('a crash by a panic names its place, and its message stands where else the last lines do', () => {
  const recent = [
    "thread 'main' panicked at src/main.rs:3:5:",
    'boom',
    'stack backtrace:',
    '   0: app::main',
  ];
  const end = {
    at: 0,
    code: 101,
    signal: null,
    crashed: true,
    tail: [],
    recent,
    atStart: false,
    core: NO_CORE,
  };
  expect(verdict({ end: 'gone' }, { end, tail: recent })).toMatchObject({
    message: "The server died during the reload (exit code 101): thread 'main' panicked at src/main.rs:3:5.",
    lines: ['boom'],
  });
});

test('what holds a stuck module is told', () => {
  const { message } = verdict({ end: 'quiet', stayed: ['a'] }, { holder: () => 'It is linked NODELETE.' });
  expect(message).toContain('A is stuck');
  expect(message).toContain('NODELETE');
});

test('a log that says otherwise is contradicted, and changes nothing', () => {
  const log = summarizeEvents([{ kind: 'loaded', module: 'a', at: null }]);
  const told = verdict(
    { end: 'quiet', stayed: ['a', 'b'], held: [held('a', SERVER), held('b', SERVER)] },
    { log },
  );
  expect(told.verdict).toBe('stuck');
  expect(told.disagreements).toEqual(['The log says that A was loaded; the memory maps show its old image.']);
});

test('nothing to do because of the rule is not nothing to do', () => {
  const left = { ...plan, unload: [], load: [], leftBehind: ['a'] };
  expect(verdict({ end: 'quiet' }, { plan: left }).message).toContain('does not reach');
});

test('where only a child has the old image, it is told which, and nobody is contradicted', () => {
  const log = summarizeEvents([{ kind: 'loaded', module: 'a', at: null }]);
  const told = verdict({ end: 'quiet', stayed: ['a'], swapped: ['b'], held: [held('a', 4712)] }, { log });
  expect(told).toMatchObject({ verdict: 'stuck', disagreements: [] });
  expect(told.message).toContain('in its child process 4712');
  const both = verdict({ end: 'quiet', stayed: ['a'], held: [held('a', SERVER), held('a', 4712)] });
  expect(both.message).not.toContain('child');
});

test('a swap next to a child that can’t be looked at says so', () => {
  expect(verdict({ swapped: ['a'], hidden: [9] }).message).toBe(
    "Swapped A. What its child process 9 has mapped can't be read.",
  );
});

test('a reload that was given up tells what the server did last', () => {
  const late: Partial<Observed> = { end: 'timed out', stayed: ['a', 'b'] };
  const told = verdict(late, { said: ['  Waiting for clients ', ''] });
  expect(told.message).toBe(
    'The server did not reload within 1 m: A, B still run the old code. Its last line: Waiting for clients',
  );
  expect(verdict(late).message).toContain('It has said nothing since the signal.');
  const half = verdict(
    { end: 'timed out', missing: ['b'] },
    { steps: [{ module: 'b', step: 'unload', at: 1200 }] },
  );
  expect(half.verdict).toBe('partial');
  expect(half.message).toContain('Last, B was unloaded after 1.2 s.');
});

test.each<[string, Partial<Outcome>]>([
  ['every loaded module was the one on disk', {}],
  ['takes a restart', { plan: { ...plan, unload: [], load: [], restart: ['core'] } }],
  [
    'A is stuck since an earlier reload',
    { plan: { ...plan, unload: [], load: [], leftBehind: ['a'] }, stuckBefore: ['a'] },
  ],
  ['count of stale modules was 3', { log: { ...summarizeEvents([]), stale: 3 } }],
  ['does not show that the server heard', {}],
  ['went and came back from the same file', { steps: [{ module: 'a', step: 'unload', at: 1 }] }],
])('nothing says why: %s', (why, more) => {
  expect(verdict({ end: 'quiet', served: false }, more).message).toContain(why);
});

const blind = { evidence: 'log' } as const;

test.each<[string, string, Partial<Observed>, Partial<Outcome>]>([
  ['unproven', 'The log says that A, B were loaded', { swapped: ['a', 'b'] }, {}],
  ['unproven', 'its log does not name modules', { stayed: ['a', 'b'], end: 'quiet' }, { logSpeaks: false }],
  ['stuck', 'does not report loading it', { stayed: ['a'], swapped: ['b'], end: 'quiet' }, {}],
  ['partial', 'According to its log, A did not come back', { missing: ['a'], end: 'quiet' }, {}],
  ['refused', 'According to its log, the server refused', { stayed: ['a'], end: 'refused' }, {}],
  [
    'timed out',
    'According to its log, the server did not',
    { stayed: ['a'], end: 'timed out', served: false },
    {},
  ],
  ['crashed', 'The server died', { end: 'gone' }, {}],
  ['nothing', 'As far as the log tells: nothing to do', { end: 'quiet' }, {}],
])('without the maps: %s: %s', (expected, words, observed, more) => {
  const told = verdict(observed, { ...blind, ...more });
  expect(told.verdict).toBe(expected);
  expect(told.message).toContain(words);
  expect(told.disagreements).toEqual([]);
});

test('without the maps it is never called swapped, whatever was seen', () => {
  for (const end of ['complete', 'quiet', 'timed out', 'refused', 'gone'] as const) {
    for (const logSpeaks of [true, false]) {
      const told = verdict({ end, swapped: ['a', 'b'] }, { ...blind, logSpeaks });
      expect(`${told.verdict} ${told.message}`).not.toMatch(/^swapped/);
    }
  }
});

test('where something that changed still runs as it was, it is a half success', () => {
  const more = { plan: { ...plan, restart: ['core'], leftBehind: ['c'] } };
  expect(verdict({ swapped: ['a', 'b'] }, more)).toMatchObject({
    verdict: 'partial',
    message:
      "CORE still runs the old code: what is new takes a restart. C still runs the old code: the server's rule does not reach what is new. A, B run the new code.",
    lines: [],
  });
});

describe('once the process is gone, nothing is said of it in the present', () => {
  const PRESENT = /\b(?:is|are|runs?|does|takes|has|have)\b|Restart|Build everything/;
  const leftBehind = { ...plan, unload: [], load: [], leftBehind: ['a'] };
  test.each<[string, Partial<Observed>, Partial<Outcome>]>([
    ['stuck', { end: 'quiet', swapped: ['b'], stayed: ['a'] }, { holder: () => 'It is linked NODELETE.' }],
    ['stuck', { end: 'quiet', stayed: ['a', 'b'] }, {}],
    ['timed out', { end: 'timed out', stayed: ['a'] }, {}],
    ['timed out', { end: 'timed out', stayed: ['a'] }, { halted: { state: 'T', pid: 7 } }],
    ['partial', { end: 'quiet', swapped: ['a'], missing: ['b'] }, {}],
    ['partial', { swapped: ['b'], hidden: [8] }, { plan: { ...plan, restart: ['a'] } }],
    ['nothing', { end: 'quiet' }, { plan: leftBehind }],
    ['nothing', { end: 'quiet' }, { plan: leftBehind, stuckBefore: ['a'] }],
    ['nothing', { end: 'quiet' }, { plan: { ...plan, unload: [], load: [], restart: ['a'] } }],
    ['stuck', { end: 'quiet', stayed: ['a'] }, { evidence: 'log' }],
  ])('%s: %j', (word, observed, more) => {
    const now = verdict(observed, more);
    const past = verdict(observed, { ...more, isPast: true });
    expect([now.verdict, past.verdict]).toEqual([word, word]);
    expect(past.message).not.toMatch(PRESENT);
    expect(now.message).toMatch(PRESENT);
  });
});

describe('why nothing came of a signal', () => {
  const late: Partial<Observed> = { end: 'timed out', stayed: ['a'], served: false };
  const told = (more: Partial<Outcome>): string => verdict(late, more).message;

  test("a process that is stopped can't answer: that is told, and not that it says nothing", () => {
    const message = told({ halted: { state: 'T', pid: 7 } });
    expect(message).toContain(
      'Its process 7 is stopped (T), and the signal waits until somebody continues it (kill -CONT 7).',
    );
    expect(message).not.toContain('said nothing');
    expect(told({ halted: { state: 't', pid: 7 } })).toContain('stopped by a debugger (t)');
    expect(told({})).not.toContain('stopped');
  });

  test('of a signal is spoken only where one was sent', () => {
    expect(told({ cause: 'reload' })).toContain('It has said nothing since the signal.');
    expect(told({ cause: 'outside' })).not.toContain('signal');
    expect(told({ by: 'command' })).toContain('nothing since the command.');
    expect(told({ cause: 'self', by: 'self' })).toContain('It has said nothing since.');
    expect(told({ said: ['hello'] })).toContain('Its last line: hello');
  });
});

test('what the plan left out and came in all the same is not said to run the old code', () => {
  const left = { plan: { ...plan, restart: ['core'], leftBehind: ['c'] } };
  expect(verdict({ swapped: ['a', 'b'] }, left).message).toContain('CORE still runs the old code');
  const told = verdict({ swapped: ['a', 'b'], fresh: ['core', 'c'] }, left);
  expect(told).toMatchObject({ verdict: 'swapped', message: 'Swapped A, B.' });
});
