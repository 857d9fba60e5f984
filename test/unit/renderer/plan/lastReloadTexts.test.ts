import { expect, it } from 'vitest';
import { causeOf, isOfGoneProcess, messageOf } from '../../../../renderer/plan/lastReloadTexts.ts';
import { whyHalted } from '../../../../renderer/plan/reloadProgress.ts';

const running = { name: 'running', pid: 7, since: 0 } as const;

it('a reload is of a process that is gone as soon as another one runs, or none', () => {
  expect(isOfGoneProcess({ pid: 7 }, running)).toBe(false);
  expect(isOfGoneProcess({ pid: 8 }, running)).toBe(true);
  expect(isOfGoneProcess({ pid: 7 }, { name: 'stopped' })).toBe(true);
  expect(isOfGoneProcess({ pid: null }, { name: 'stopped' })).toBe(false);
});

it('then it is told in the past tense', () => {
  const reload = { message: 'api is stuck.', past: 'api was stuck.' };
  expect([messageOf(reload, false), messageOf(reload, true)]).toEqual(['api is stuck.', 'api was stuck.']);
});

it('a late answer is not said to come from outside', () => {
  expect(causeOf({ cause: 'outside', answers: null })).toBe('triggered outside Hotdeck');
  expect(causeOf({ cause: 'late', answers: 2 })).toBe('the late response to reload 2');
  expect(causeOf({ cause: 'late', answers: null })).toContain('probably');
});

it('a process that stands still is told while it does', () => {
  expect(whyHalted(running)).toBeNull();
  expect(whyHalted({ ...running, halted: 'T' })).toContain('Process 7 is stopped (T)');
  expect(whyHalted({ ...running, halted: 't' })).toContain('by a debugger (t)');
});
