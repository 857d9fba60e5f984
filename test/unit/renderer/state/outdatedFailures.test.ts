import { expect, it } from 'vitest';
import type { BuildState } from '#shared/contract.ts';
import { isOutdated } from '../../../../renderer/state/outdatedFailures.ts';
import { session } from '../fixtures.ts';

const running = { name: 'running', pid: 7, since: 0 } as const;
const stopped = { name: 'stopped' } as const;
const built = (at: number): BuildState => ({ name: 'ok', took: 1, at, rebuilt: [] });
const building: BuildState = {
  name: 'building',
  since: 0,
  done: 0,
  of: null,
  crates: [],
  usual: null,
  trigger: '',
};

it.each<[string, Parameters<typeof session>[0], Parameters<typeof session>[0]]>([
  ['not-running', { server: stopped }, { server: running }],
  ['already-running', { server: running }, { server: stopped }],
  ['reloading', { server: { ...running, name: 'reloading' } }, { server: running }],
  ['building', { build: building }, { build: built(1) }],
  ['missing-executable', { server: stopped, build: built(1) }, { server: stopped, build: built(20) }],
  ['build-failed', { server: running, build: building }, { server: stopped, build: built(20) }],
  ['static', { mode: { name: 'static', reason: 'one piece', remedy: null } }, { mode: { name: 'modules' } }],
])('%s stays as long as it is so', (kind, before, after) => {
  const refused = { at: 10, failure: { kind, message: '', remedy: null } };
  expect([isOutdated(refused, session(before)), isOutdated(refused, session(after))]).toEqual([false, true]);
});

it('of what is not known when it is over, the user decides', () => {
  const refused = { at: 10, failure: { kind: 'no-answer', message: '', remedy: null } };
  expect(isOutdated(refused, session({ build: built(20) }))).toBe(false);
});
