import { expect, test } from 'vitest';
import type { ModuleStatus, SessionPatch } from '#shared/contract.ts';
import { difference, mergePatches, SessionStore } from '../../../main/engine/session/store.ts';
import { aSession } from '../../support/session.ts';

const status = (state: ModuleStatus['state']): ModuleStatus => ({
  state,
  reason: null,
  file: null,
  artifact: null,
  image: null,
  builtAt: null,
});

test('of what is set, only what differs is told', () => {
  const session = aSession({ modules: { a: status('loaded'), b: status('loaded') } });
  expect(difference(session, { edited: [], server: { name: 'stopped' } })).toBeNull();
  expect(difference(session, { modules: { a: status('stale'), b: status('loaded') }, edited: [] })).toEqual({
    modules: { a: status('stale') },
  });
});

test('the store takes what was set, and tells the patch once', () => {
  const told: SessionPatch[] = [];
  const store = new SessionStore(aSession());
  store.on('patch', (patch) => told.push(patch));
  store.set({ edited: ['x.rs'] });
  store.set({ edited: ['x.rs'] });
  expect(store.state.edited).toEqual(['x.rs']);
  expect(told).toEqual([{ edited: ['x.rs'] }]);
});

test('two patches as one say what the two say one after the other', () => {
  const first: SessionPatch = { modules: { a: status('stale'), b: status('stale') }, edited: ['x.rs'] };
  const second: SessionPatch = { modules: { a: status('loaded') }, server: { name: 'stopped' } };
  expect(mergePatches(first, second)).toEqual({
    modules: { a: status('loaded'), b: status('stale') },
    edited: ['x.rs'],
    server: { name: 'stopped' },
  });
});

test('with a new graph come all of its modules', () => {
  const graph = { nodes: [], order: [], rolesFrom: 'artifacts' } as const;
  const merged = mergePatches(
    { modules: { gone: status('loaded') } },
    { graph: { ...graph, nodes: [], order: [] }, modules: { a: status('built') } },
  );
  expect(merged.modules).toEqual({ a: status('built') });
});
