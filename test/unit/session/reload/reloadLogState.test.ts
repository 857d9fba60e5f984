import { expect, test } from 'vitest';
import type { LogFact } from '../../../../main/engine/families/logEvent.ts';
import { ReloadLogState } from '../../../../main/engine/session/reload/reloadLogState.ts';

const FACTS: Record<string, LogFact> = {
  received: { kind: 'reload-requested', signal: 'SIGINT' },
  refused: { kind: 'refused', signal: 'SIGINT', why: 'Reloading already in progress' },
  'refused to end': { kind: 'refused', signal: 'SIGTERM', why: 'Shutdown already in progress' },
  drains: { kind: 'draining' },
  unloads: { kind: 'unloading', module: 'x' },
  listens: { kind: 'ready', addresses: [] },
  asked: { kind: 'shutdown-requested', signal: 'SIGQUIT' },
};

function after(...words: string[]): ReloadLogState {
  const talk = new ReloadLogState();
  for (const word of words) {
    const fact = FACTS[word];
    if (word === 'begin') talk.begin();
    else if (fact !== undefined) talk.note({ ...fact, at: null });
  }
  return talk;
}

test.each<[boolean, string[]]>([
  [false, []],
  [false, ['received']],
  [true, ['received', 'refused']],
  // A server that does not log the signal itself.
  [true, ['refused']],
  [false, ['received', 'received', 'refused']],
  [true, ['received', 'received', 'refused', 'refused']],
  [false, ['received', 'refused to end']],
  // A reload from the server's own console: nothing was received, and it is under way.
  [false, ['drains', 'begin', 'received', 'refused']],
  [false, ['received', 'refused', 'drains']],
  [false, ['begin', 'unloads', 'refused']],
  // That one is over, so this refusal is about something else.
  [true, ['drains', 'unloads', 'listens', 'begin', 'received', 'refused']],
  [false, ['received', 'refused', 'begin']],
  // The first was given up here, and the server is still at it.
  [false, ['begin', 'received', 'begin', 'received', 'refused']],
  [true, ['begin', 'received', 'listens', 'begin', 'received', 'refused']],
  [true, ['begin', 'received', 'refused', 'begin', 'received', 'refused']],
])('refused: %s after %j', (refused, words) => {
  expect(after(...words).refused).toBe(refused);
});

test('a server that ended is at nothing', () => {
  const talk = after('drains', 'received', 'begin');
  expect(talk.underWay).toBe(true);
  talk.end();
  expect(talk.underWay).toBe(false);
});
