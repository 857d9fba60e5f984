import { describe, expect, it } from 'vitest';
import { patchEngine, patchSession } from '../../../../renderer/state/patch.ts';
import { aReload } from '../../../support/session.ts';
import { graph, node, session, status } from '../fixtures.ts';

describe('a patch', () => {
  it('replaces the parts that it carries and leaves the others the same objects', () => {
    const before = session();
    const after = patchSession(before, { server: { name: 'stopped' }, edited: ['a.rs'] });
    expect(after.server).toEqual({ name: 'stopped' });
    expect(after.edited).toEqual(['a.rs']);
    expect(after.graph).toBe(before.graph);
    expect(after.modules).toBe(before.modules);
    expect(before.server.name).toBe('running');
  });

  it('merges modules by name', () => {
    const before = session();
    const after = patchSession(before, { modules: { api: status('stale') } });
    expect(after.modules.api?.state).toBe('stale');
    expect(after.modules.router).toBe(before.modules.router);
  });

  it('drops the statuses of nodes that a new graph no longer has', () => {
    const nodes = [node('api', 'module')];
    const after = patchSession(session(), {
      graph: { ...graph, nodes, order: ['api'] },
      modules: { api: status('unbuilt') },
    });
    expect(after.modules).toEqual({ api: status('unbuilt') });
  });

  it('can take the last reload away', () => {
    const lastReload = aReload();
    expect(patchSession(session({ lastReload }), {}).lastReload).toBe(lastReload);
    expect(patchSession(session({ lastReload }), { lastReload: null }).lastReload).toBeNull();
  });

  it('changes nothing while no session is open', () => {
    expect(patchEngine(null, { edited: [] })).toBeNull();
    expect(patchEngine({ name: 'empty' }, { edited: [] })).toEqual({ name: 'empty' });
  });
});
