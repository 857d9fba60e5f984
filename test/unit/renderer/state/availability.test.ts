import { describe, expect, it } from 'vitest';
import type { BuildState } from '#shared/contract.ts';
import { whyNothing } from '../../../../renderer/plan/whyNothing.ts';
import { availability, primaryAction } from '../../../../renderer/state/availability.ts';
import { noPlan, session, status } from '../fixtures.ts';

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
    expect(availability(session({ plan: stale })).reload.title).toContain('1 module');
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
