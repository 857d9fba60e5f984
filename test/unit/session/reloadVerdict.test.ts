import { expect, test } from 'vitest';
import { summarizeEvents } from '../../../main/engine/logs/events/summary.ts';
import { judge, type Outcome } from '../../../main/engine/session/reloadVerdict.ts';
import type { Observed } from '../../../main/engine/session/reloadWatch.ts';

const plan = {
  rule: 'stack' as const,
  unload: ['b', 'a'],
  load: ['a', 'b'],
  restart: [],
  leftBehind: [],
  reasons: {},
  findings: [],
};

function verdict(observed: Partial<Observed>, more: Partial<Outcome> = {}): ReturnType<typeof judge> {
  return judge({
    plan,
    observed: { end: 'complete', swapped: [], stayed: [], missing: [], ...observed },
    log: summarizeEvents([]),
    end: null,
    tail: ['one', '', 'two'],
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
  const died = { code: null, signal: 'SIGSEGV', crashed: true, tail: [], atStart: false };
  expect(verdict({ end: 'gone' }, { end: died })).toMatchObject({
    message: 'The server died during the reload (SIGSEGV).',
    lines: ['one', 'two'],
  });
  expect(verdict({ end: 'gone' }, { end: { ...died, code: 127, signal: null } }).message).toContain(
    'exit code 127',
  );
});

test('what holds a stuck module is told', () => {
  const { message } = verdict({ end: 'quiet', stayed: ['a'] }, { holder: () => 'It is linked NODELETE.' });
  expect(message).toContain('A is stuck');
  expect(message).toContain('NODELETE');
});

test('a log that says otherwise is contradicted, and changes nothing', () => {
  const log = summarizeEvents([{ kind: 'loaded', module: 'a', at: null }]);
  const told = verdict({ end: 'quiet', stayed: ['a', 'b'] }, { log });
  expect(told.verdict).toBe('stuck');
  expect(told.disagreements).toEqual(['The log says that A was loaded; the memory maps show its old image.']);
});

test('nothing to do because of the rule is not nothing to do', () => {
  const left = { ...plan, unload: [], load: [], leftBehind: ['a'] };
  expect(verdict({ end: 'quiet' }, { plan: left }).message).toContain('does not reach');
});
