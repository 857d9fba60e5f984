import { expect, test } from 'vitest';
import type { BuildRecord } from '#shared/contract.ts';
import { forecast } from '../../../main/engine/history/forecast.ts';

type Past = Parameters<typeof forecast>[0][number];

const ownerOf = (file: string): string => file.split('/')[0] ?? file;
const past = (took: number, parts: Partial<Past> = {}, names = ['api', 'router']): Past => ({
  outcome: 'ok',
  took,
  trigger: { kind: 'edit', files: ['api/src/lib.rs'], text: 'api/src/lib.rs' },
  compiled: names.map((name) => ({ name, began: 0, ended: 1, took: 1, link: null })),
  rebuilt: names,
  ...parts,
});
const of = (builds: readonly Past[], edited = ['api'], unbuilt: string[] = []) =>
  forecast(builds, new Set(edited), unbuilt, ownerOf);
const trigger = (files: string[]): BuildRecord['trigger'] => ({ kind: 'edit', files, text: '' });

test('two builds are not enough to say what is usual', () => {
  expect(of([])).toEqual({ crates: null, usual: null });
  expect(of([past(4000), past(6000)])).toEqual({ crates: 2, usual: null });
  expect(of([past(4000), past(6000), past(5000)])).toEqual({ crates: 2, usual: { low: 4000, high: 6000 } });
});

test('of the last ten, all but the slowest', () => {
  const builds = [9000, ...Array<number>(9).fill(5000), 100, 100].map((took) => past(took));
  expect(of(builds).usual).toEqual({ low: 5000, high: 5000 });
});

test('only builds of the same edited crates count, and only those that went well', () => {
  const others = [
    past(1, { trigger: trigger(['core/src/lib.rs']) }),
    past(1, { trigger: trigger(['api/src/lib.rs', 'core/src/lib.rs']) }),
    past(1, { trigger: trigger([]) }),
    past(1, { outcome: 'failed', compiled: [] }),
    past(1, { outcome: 'cancelled', compiled: [] }),
  ];
  expect(of(others).usual).toBeNull();
  const files = trigger(['api/src/other.rs', 'api/src/lib.rs']);
  expect(of([...others, past(5), past(5), past(5, { trigger: files })]).usual).toEqual({ low: 5, high: 5 });
});

test('those count that compiled what most of them did', () => {
  const builds = [past(1, {}, ['router']), past(5), past(6), past(7)];
  expect(of(builds)).toEqual({ crates: 2, usual: { low: 5, high: 7 } });
});

test('what another build left half done is not counted', () => {
  expect(of([past(1, { outcome: 'cancelled' }), past(5), past(6), past(7)])).toEqual({
    crates: null,
    usual: { low: 5, high: 7 },
  });
});

test('a first build is like others of which nothing was there', () => {
  const first = past(9000, { trigger: trigger([]) });
  expect(of([first, first, first], [], ['api']).usual).toEqual({ low: 9000, high: 9000 });
  expect(of([first, first, first], [], ['other']).usual).toBeNull();
  expect(of([first, first, first], []).usual).toBeNull();
});
