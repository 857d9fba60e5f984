import { describe, expect, it } from 'vitest';
import type { BuildState } from '#shared/contract.ts';
import { whyNothing } from '../../../../renderer/plan/whyNothing.ts';
import { availability, primaryAction } from '../../../../renderer/state/availability.ts';
import { neverBuilt, stateOf } from '../../../../renderer/state/moduleStates.ts';
import { graph, node, noPlan, session, status } from '../fixtures.ts';

const stale = { ...noPlan, unload: ['api'], load: ['api'] };
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
const stopping = { name: 'stopping', pid: 1, since: 0, signal: 'SIGQUIT', until: 1 } as const;
const torn = {
  kind: 'torn',
  severity: 'warning',
  module: 'admin',
  message: 'admin is older than api.',
  remedy: 'rebuild',
  details: ['api'],
} as const;
const unbuilt = { core: status('unbuilt'), api: status('unbuilt'), std: status('pinned') };

const enabled = (parts: Parameters<typeof session>[0]) =>
  Object.entries(availability(session(parts)))
    .filter(([, each]) => each.enabled)
    .map(([name]) => name);

describe('the buttons that can be pressed', () => {
  it.each([
    ['running', {}, ['build', 'reload', 'restart', 'shutdown']],
    ['running, with a build', { build: building }, ['cancelBuild', 'restart', 'shutdown']],
    ['stopped', { server: stopped }, ['build', 'start']],
    ['crashed', { server: crashed }, ['build', 'start']],
    ['stopping', { server: stopping }, ['build', 'shutdown']],
    ['reloading', { server: { name: 'reloading', pid: 1, since: 0 } as const }, ['build', 'shutdown']],
  ])('while the server is %s', (_state, parts, names) => expect(enabled(parts)).toEqual(names));

  it('reload nothing where the build has no modules, and say why', () => {
    const mode = { name: 'static', reason: 'This build has no modules.', remedy: 'Set it up.' } as const;
    expect(enabled({ mode })).toEqual(['build', 'restart', 'shutdown']);
    expect(availability(session({ mode, plan: stale })).reload.title).toBe(mode.reason);
    expect(primaryAction(session({ mode, plan: stale }))).not.toBe('reload');
    expect(whyNothing(session({ mode }))).toEqual({ message: mode.reason, hint: mode.remedy, anyway: false });
  });

  it('all say what they do or why they can’t', () => {
    for (const server of [stopped, crashed, stopping]) {
      for (const { title } of Object.values(availability(session({ server })))) expect(title).not.toBe('');
    }
    expect(availability(session({ plan: stale })).reload.title).toContain('one module');
    expect(availability(session()).reload.title).toContain('Nothing is stale');
    expect(availability(session({ plan: { ...noPlan, leftBehind: ['api'] } })).reload.title).toContain(
      'rule',
    );
    expect(availability(session({ plan: { ...noPlan, restart: ['core'] } })).reload.title).toContain(
      'restart',
    );
  });
});

describe('the action that is put forward', () => {
  it.each([
    ['nothing is to be done', {}, null],
    ['a module is stale', { plan: stale }, 'reload'],
    ['a pinned library changed', { plan: { ...stale, restart: ['core'] } }, 'restart'],
    ['a stale module would not go', { plan: stale, modules: { api: status('stuck') } }, 'restart'],
    [
      'a torn build is all that there is',
      { plan: { ...noPlan, leftBehind: ['api'], findings: [torn] } },
      'build',
    ],
    ['the server is stopped', { server: stopped, plan: stale }, 'start'],
    ['nothing was ever built', { server: stopped, modules: unbuilt }, 'build'],
    ['a build runs', { build: building, plan: stale }, null],
    ['the server is stopping', { server: stopping }, null],
  ])('when %s', (_when, parts, action) => expect(primaryAction(session(parts))).toBe(action));
});

describe('never built', () => {
  it('means that no artifact is there', () => {
    expect(neverBuilt(unbuilt)).toBe(true);
    expect(neverBuilt({ ...unbuilt, api: status('built') })).toBe(false);
    expect(neverBuilt({})).toBe(false);
    expect(neverBuilt({ std: status('pinned') })).toBe(false);
  });
});

describe('a node without a status', () => {
  it('is unbuilt if it is a module', () => {
    expect(stateOf(node('api', 'module'), {})).toBe('unbuilt');
    expect(stateOf(node('std', 'external'), {})).toBe('pinned');
    expect(stateOf(node('api', 'module'), { api: status('stuck') })).toBe('stuck');
  });
});

describe('why there is nothing to reload', () => {
  it('says so when all is as it should be, and offers a reload all the same', () => {
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

  it('tells of files that no build has taken in', () => {
    expect(whyNothing(session({ edited: ['a.rs', 'b.rs'] })).hint).toContain('2 files were saved');
    expect(whyNothing(session({ edited: ['a.rs'] })).hint).toContain('1 file was saved');
  });

  it('tells of a build that failed or runs', () => {
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
