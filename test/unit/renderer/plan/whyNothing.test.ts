import { describe, expect, it } from 'vitest';
import type { BuildState } from '#shared/contract.ts';
import { whyNothing } from '../../../../renderer/plan/whyNothing.ts';
import { availability } from '../../../../renderer/state/availability.ts';
import { graph, node, session, status } from '../fixtures.ts';

const building = {
  name: 'building',
  since: 0,
  done: 1,
  of: null,
  crates: [],
  usual: null,
  trigger: 'you',
} satisfies BuildState;
const stopped = { name: 'stopped' } as const;
const crashed = { name: 'crashed', code: 1, signal: null, at: 0 } as const;
const unbuilt = { core: status('unbuilt'), api: status('unbuilt'), std: status('pinned') };

describe('why there is nothing to reload', () => {
  it('says that everything is up to date, and offers a reload all the same', () => {
    expect(whyNothing(session())).toEqual({
      message: 'Nothing to reload: every loaded module is the one on disk.',
      hint: null,
      anyway: true,
    });
  });

  it('claims nothing of loaded modules where none is', () => {
    const modules = Object.fromEntries(graph.nodes.map(({ name }) => [name, status('built')]));
    expect(whyNothing(session({ modules })).message).toBe('Nothing to reload: no module is loaded.');
    expect(availability(session({ modules })).reload.title).toBe('No module is loaded');
  });

  it('reports files that no build has taken in', () => {
    expect(whyNothing(session({ edited: ['a.rs', 'b.rs'] })).hint).toContain('2 files were saved');
    expect(whyNothing(session({ edited: ['a.rs'] })).hint).toContain('1 file was saved');
  });

  it('reports a build that failed or runs', () => {
    const failed = { name: 'failed', took: 1, at: 1, errors: 1 } as const;
    expect(whyNothing(session({ build: failed })).hint).toContain('failed');
    expect(whyNothing(session({ build: building })).hint).toContain('running');
  });

  it.each([
    ['stopped', { server: stopped }],
    ['crashed', { server: crashed }],
    ['Never built', { modules: unbuilt, server: stopped }],
    ['no modules', { graph: { ...graph, nodes: [node('depot', 'executable')] } }],
  ])('says when it is “%s”', (word, parts) => {
    const nothing = whyNothing(session(parts));
    expect(nothing.message).toContain(word);
    expect(nothing.anyway).toBe(false);
  });
});
