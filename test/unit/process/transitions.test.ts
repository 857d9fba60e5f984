import { expect, test } from 'vitest';
import {
  nextState,
  type ServerEvent,
  type ServerStateName,
  TRANSITIONS,
} from '../../../main/engine/process/transitions.ts';

const states = Object.keys(TRANSITIONS).filter((name): name is ServerStateName => name in TRANSITIONS);
const events: ServerEvent[] = ['start', 'ready', 'reload', 'reloaded', 'shutdown', 'ended', 'died'];

test('a process that ended leaves no state that has one', () => {
  for (const state of states) {
    for (const event of ['ended', 'died'] as const) {
      const next = nextState(state, event);
      if (next !== null) expect(['stopped', 'crashed']).toContain(next);
    }
  }
});

test('only the running server reloads', () => {
  expect(states.filter((state) => nextState(state, 'reload') !== null)).toEqual(['running']);
});

test('a server without a process can only be started', () => {
  for (const state of ['stopped', 'crashed'] as const) {
    expect(events.filter((event) => nextState(state, event) !== null)).toEqual(['start']);
  }
});

test('a shutdown that was asked for never counts as a crash', () => {
  expect(nextState('stopping', 'died')).toBe('stopped');
});

test('every state can be reached from stopped', () => {
  const reached = new Set<ServerStateName>(['stopped']);
  for (const state of reached) {
    for (const event of events) {
      const next = nextState(state, event);
      if (next !== null) reached.add(next);
    }
  }
  expect([...reached].sort()).toEqual([...states].sort());
});
