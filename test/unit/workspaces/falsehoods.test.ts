import { describe, expect, it } from 'vitest';
import type { ModuleStatus, Notice, SessionState } from '#shared/contract.ts';
import { aReload, aSession } from '../../support/session.ts';
import { falsehoods } from '../../support/workspaces/falsehoods.ts';
import { type ModuleTruth, type Truth, whereabouts } from '../../support/workspaces/truth.ts';

const truthOf = (left: Partial<ModuleTruth>, alive = true): Truth => ({
  alive,
  modules: new Map([['left', { disk: 'new', mapped: ['new'], version: null, answer: null, ...left }]]),
});

const RUNNING = { name: 'running', pid: 1, since: 0 } as const;

const saying = (state: ModuleStatus['state'], parts: Partial<SessionState> = {}): SessionState =>
  aSession({
    server: RUNNING,
    modules: { left: { state, reason: null, file: null, artifact: null, image: null, builtAt: null } },
    ...parts,
  });

const QUIET = { justBuilt: false, signalled: true };

const notice = (message: string, parts: Partial<Notice> = {}): Notice => ({
  id: 'notice-1',
  kind: 'other',
  severity: 'info',
  message,
  remedy: null,
  actions: [],
  modules: [],
  ...parts,
});

describe('a state', () => {
  it.each<[ModuleStatus['state'], Partial<ModuleTruth>]>([
    ['loaded', {}],
    ['loaded', { mapped: ['old', 'new'] }],
    ['loaded', { version: '2', answer: '2' }],
    ['stale', { mapped: ['old'] }],
    ['stale', { disk: null, mapped: ['old'] }],
    ['stuck', { mapped: ['old', 'new'] }],
    ['built', { mapped: [] }],
    ['unbuilt', { disk: null, mapped: [] }],
  ])('is so: %s, %j', (state, left) => {
    expect(falsehoods(saying(state), truthOf(left), QUIET)).toEqual([]);
  });

  it.each<[ModuleStatus['state'], Partial<ModuleTruth>]>([
    ['loaded', { mapped: [] }],
    ['loaded', { mapped: ['old'] }],
    ['loaded', { version: '2', answer: '1' }],
    ['pinned', { mapped: ['old'] }],
    ['stale', {}],
    ['stale', { mapped: [] }],
    ['stuck', {}],
    ['built', {}],
    ['unbuilt', { mapped: [] }],
  ])('is not so: %s, %j', (state, left) => {
    expect(falsehoods(saying(state), truthOf(left), QUIET)).toHaveLength(1);
  });
});

describe('a sentence', () => {
  it('about what is on disk is false where another build is mapped', () => {
    const session = saying('stale', {
      notices: [notice('Nothing to reload: every loaded module is the one on disk.')],
    });
    expect(falsehoods(session, truthOf({ mapped: ['old'] }), QUIET)).toHaveLength(1);
    expect(falsehoods({ ...session, modules: {} }, truthOf({}), QUIET)).toEqual([]);
  });

  it('about old code that runs is false where none is mapped', () => {
    const lastReload = aReload({ verdict: 'timed out', message: 'In vain: left still runs the old code.' });
    const session = saying('loaded', { lastReload });
    expect(falsehoods(session, truthOf({}), QUIET)).toHaveLength(1);
    expect(falsehoods(saying('stale', { lastReload }), truthOf({ mapped: ['old'] }), QUIET)).toEqual([]);
  });

  it('that offers a build is false right after one', () => {
    const session = saying('loaded', { notices: [notice('It is torn.', { remedy: 'Build again.' })] });
    expect(falsehoods(session, truthOf({}), { ...QUIET, justBuilt: true })).toHaveLength(1);
    expect(falsehoods(session, truthOf({}), QUIET)).toEqual([]);
  });

  it('about a signal is false where none was sent', () => {
    const lastReload = aReload({ verdict: 'timed out', message: 'It has said nothing since the signal.' });
    const session = saying('loaded', { lastReload });
    expect(falsehoods(session, truthOf({}), { ...QUIET, signalled: false })).toHaveLength(1);
    expect(falsehoods(session, truthOf({}), QUIET)).toEqual([]);
  });
});

it('a server that is called running needs a process, and one that has ended has none', () => {
  expect(falsehoods(saying('built'), truthOf({ mapped: [] }, false), QUIET)).toHaveLength(1);
  const stopped = saying('built', { server: { name: 'stopped' } });
  expect(falsehoods(stopped, truthOf({ mapped: [] }), QUIET)).toHaveLength(1);
  expect(falsehoods(stopped, truthOf({ mapped: [] }, false), QUIET)).toEqual([]);
});

it('images are counted by whether they are what is on disk', () => {
  const of = (disk: string | null, ...mapped: string[]): string =>
    whereabouts({ disk, mapped, version: null, answer: null });
  expect([
    of('a'),
    of('a', 'a'),
    of('a', 'b'),
    of('a', 'a', 'b', 'c'),
    of(null, 'a'),
    of(null),
    of('b', 'b over a'),
  ]).toEqual([
    'not mapped',
    'as on disk',
    'another build',
    'as on disk, and 2 others',
    'mapped, no file',
    'no file, not mapped',
    'parts of two builds',
  ]);
});
