import { describe, expect, it } from 'vitest';
import { falsehoods, page, type Result } from '../../e2e/verdicts/page.ts';
import type { Library, Whereabouts } from '../../support/memory.ts';

const MODULES = ['database', 'service', 'api', 'admin', 'router'] as const;

const memoryOf = (places: Partial<Record<Library, Whereabouts>>): Map<Library, Whereabouts> =>
  new Map([
    ['core', places.core ?? 'unchanged'],
    ...MODULES.map((name): [Library, Whereabouts] => [name, places[name] ?? 'unchanged']),
  ]);
const screenOf = (states: Partial<Record<Library, string>>): Map<Library, string> =>
  new Map([
    ['core', states.core ?? 'pinned'],
    ...MODULES.map((name): [Library, string] => [name, states[name] ?? 'loaded']),
  ]);

/** An edit of router that was swapped, with what a test changes. */
const aResult = (parts: Partial<Result> = {}): Result => ({
  name: 'a case',
  done: 'edit router',
  asked: [],
  planned: ['depot_router'],
  verdict: 'swapped',
  claims: ['swapped'],
  screen: screenOf({}),
  memory: memoryOf({ router: 'new' }),
  hidden: false,
  restarted: false,
  server: 'running',
  ...parts,
});

describe('what is not so', () => {
  it('is not found where the memory agrees', () => {
    expect(falsehoods(aResult())).toEqual([]);
    expect(falsehoods(aResult({ claims: [], memory: memoryOf({}), planned: [] }))).toEqual([]);
    const stuck = { screen: screenOf({ router: 'stuck' }), memory: memoryOf({ router: 'old' }) };
    expect(falsehoods(aResult({ ...stuck, verdict: 'stuck', claims: [] }))).toEqual([]);
  });

  it.each<[string, Partial<Result>]>([
    ['a module of the plan is the old one', { memory: memoryOf({ admin: 'new', router: 'old' }) }],
    ['both are mapped', { memory: memoryOf({ router: 'old and new' }) }],
    ['a module is gone', { memory: memoryOf({ router: 'gone' }) }],
    ['nothing changed', { planned: [], memory: memoryOf({}) }],
    ['no process is left', { memory: null }],
    ['nothing can be seen', { memory: null, hidden: true }],
  ])('is a swap that is claimed where %s', (_what, parts) => {
    const screen = screenOf({ router: 'stale' });
    expect(falsehoods(aResult({ screen, ...parts }))).toHaveLength(1);
    expect(page([aResult({ screen, ...parts })])).toMatch(/false successes .*: 1$/m);
  });

  it('is a library that is shown as loaded and is another one', () => {
    const old = aResult({ claims: [], memory: memoryOf({ api: 'old' }) });
    expect(falsehoods(old)).toEqual(['api is shown as loaded, and its old file is mapped.']);
    expect(falsehoods({ ...old, screen: screenOf({ api: 'stale' }) })).toEqual([]);
  });
});

describe('the table', () => {
  const rowOf = (result: Result): string[] =>
    (page([result]).split('\n').at(-7) ?? '')
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1);

  it('tells what differs only', () => {
    const screen = screenOf({ api: 'stuck' });
    const memory = memoryOf({ api: 'old', admin: 'new', router: 'new' });
    expect(rowOf(aResult({ verdict: 'stuck', claims: [], screen, memory }))).toEqual([
      'a case',
      'edit router',
      '',
      'stuck',
      'no',
      'api stuck',
      'api old; admin, router new',
      'running',
    ]);
  });

  it('says so where there is nothing to tell', () => {
    const memory = memoryOf({});
    expect(rowOf(aResult({ verdict: null, claims: [], memory, restarted: true })).slice(3, 7)).toEqual([
      'no reload',
      'no',
      'all loaded',
      'another process: all unchanged',
    ]);
    expect(rowOf(aResult({ memory: null }))[6]).toBe('no process');
    expect(rowOf(aResult({ memory: null, hidden: true }))[6]).toBe('hidden');
  });
});
