import { expect, test } from 'vitest';
import type { BuildEvent } from '../../../main/engine/building/buildEvents.ts';
import { BuildProgress } from '../../../main/engine/building/buildProgress.ts';
import { CrateTimes } from '../../../main/engine/building/crateTimes.ts';
import { LinkTally } from '../../../main/engine/cargo/linkTally.ts';

const crate = (name: string, version = '1.0.0') => ({ name, version });
const compiling = (name: string, version?: string): BuildEvent => ({
  kind: 'compiling',
  crate: crate(name, version),
});
const unit = (name: string, more: Partial<Extract<BuildEvent, { kind: 'unit' }>> = {}): BuildEvent => ({
  kind: 'unit',
  crate: crate(name),
  fresh: false,
  script: false,
  ...more,
});
const pass = (name: string, ms: number): BuildEvent => ({ kind: 'pass', pass: name, ms });

function timesOf(events: readonly (readonly [number, BuildEvent])[]): CrateTimes {
  const times = new CrateTimes();
  for (const [at, event] of events) times.note(event, at);
  return times;
}

test('a crate takes from its name to its last unit, build script and all', () => {
  const times = timesOf([
    [10, compiling('api')],
    [20, unit('api', { script: true })],
    [30, unit('api', { script: true, fresh: null })],
    [35, compiling('macros')],
    [40, unit('macros')],
    [90, unit('api')],
    [95, unit('core', { fresh: true })],
    [120, unit('api')],
  ]);
  expect(times.compiled).toEqual([
    { name: 'macros', began: 35, ended: 40, took: 5, link: null },
    { name: 'api', began: 10, ended: 120, took: 110, link: null },
  ]);
  expect(times.fresh).toEqual(['core']);
  expect(times.link).toBeNull();
});

test('one that did not get further than its build script was not compiled', () => {
  const times = timesOf([
    [10, compiling('api')],
    [20, unit('api', { script: true })],
    [30, compiling('core')],
  ]);
  expect(times.compiled).toEqual([]);
});

test('two versions of a package are two, and a quiet cargo names none', () => {
  const times = timesOf([
    [1, compiling('syn', '1.0.0')],
    [2, compiling('syn', '2.0.0')],
    [5, unit('syn', { crate: crate('syn', '2.0.0') })],
    [9, unit('syn', { crate: crate('syn', '1.0.0') })],
    [9, unit('quiet')],
  ]);
  expect(times.compiled.map(({ name, took }) => [name, took])).toEqual([
    ['syn', 3],
    ['syn', 8],
    ['quiet', null],
  ]);
});

test('link times: as seen from outside, or as the compiler tells where that is certain', () => {
  const links = {
    crates: new Map([
      ['api 1.0.0', 41.6],
      ['core 1.0.0', 0],
    ]),
    whole: 50.2,
  };
  const seen: [number, BuildEvent][] = [
    [9, unit('api')],
    [9, unit('core')],
    [9, { kind: 'links', links }],
  ];
  expect(timesOf(seen).compiled.map(({ link }) => link)).toEqual([42, 0]);
  expect(timesOf(seen).link).toBe(50);
  const told = timesOf([
    [1, pass('run_linker', 33)],
    [2, pass('total', 90)],
    [3, unit('api')],
    // Whose is whose? Nobody knows.
    [4, pass('run_linker', 10)],
    [5, pass('total', 90)],
    [6, pass('run_linker', 20)],
    [6, pass('total', 90)],
    [7, unit('core')],
    [7, unit('main')],
    [8, unit('late')],
    [9, pass('run_linker', 7)],
    [9, pass('total', 90)],
  ]);
  expect(told.compiled.map(({ name, link }) => [name, link])).toEqual([
    ['api', 33],
    ['core', null],
    ['main', null],
    ['late', 7],
  ]);
});

test('looks at linkers add up: what one of two looks saw was there for half of the time', () => {
  const tally = new LinkTally();
  tally.add(new Map([['api', false]]), 10);
  tally.add(
    new Map([
      ['api', true],
      ['core', false],
    ]),
    10,
  );
  tally.add(
    new Map([
      ['api', true],
      ['core', true],
    ]),
    20,
  );
  tally.add(new Map(), 10);
  expect(tally.times).toEqual({
    crates: new Map([
      ['api', 30],
      ['core', 15],
    ]),
    whole: 30,
  });
});

test('progress counts what is compiled, of what cargo counts, or else of what is expected', () => {
  const progress = new BuildProgress();
  const shown = () => [progress.done, progress.of, progress.crates];
  expect(shown()).toEqual([0, null, []]);
  progress.expect(3);
  progress.note(unit('old', { fresh: true }));
  progress.note(unit('old', { fresh: null, script: true }));
  progress.note(compiling('core'));
  progress.note(compiling('api'));
  expect(shown()).toEqual([0, 3, ['core', 'api']]);
  progress.note(unit('core'));
  expect(shown()).toEqual([1, 3, ['api']]);
  progress.note({ kind: 'count', of: 7, crates: ['api', 'depot'] });
  expect(shown()).toEqual([1, 5, ['api', 'depot']]);
});

test('an expectation that did not come true is dropped', () => {
  const progress = new BuildProgress();
  progress.expect(1);
  progress.note(unit('one'));
  expect(progress.of).toBe(1);
  progress.note(unit('two'));
  expect(progress.of).toBeNull();
});
