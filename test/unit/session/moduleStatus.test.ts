import { expect, test } from 'vitest';
import type { Image } from '../../../main/engine/process/images.ts';
import type { Basis } from '../../../main/engine/process/logEyes.ts';
import { type Evidence, moduleStatuses, staleNodes } from '../../../main/engine/session/moduleStatus.ts';

const NONE: ReadonlySet<string> = new Set();
const artifact = (inode: string) => ({ device: 'd', inode, modifiedAt: 5 });
const image = (inode: string): Image => ({
  device: 'd',
  inode,
  path: '/w/libm.so',
  deleted: false,
  pid: 7,
  address: null,
});

/** One module, m: what is on disk, and what is mapped. */
const evidence = (onDisk: string, mapped: string, more: Partial<Evidence> = {}): Evidence => ({
  root: '/w',
  nodes: [{ name: 'm', label: 'm', role: 'module', needs: [], wave: 0 }],
  files: new Map([['m', '/w/libm.so']]),
  artifacts: new Map([['m', artifact(onDisk)]]),
  images: new Map([['m', image(mapped)]]),
  same: (a, b) => a.inode === b.inode,
  building: NONE,
  failed: NONE,
  edits: new Map(),
  stuck: new Map(),
  basisOf: () => null,
  unloading: NONE,
  loading: NONE,
  relinksWithModules: false,
  ...more,
});

const told = (given: Evidence) => moduleStatuses(given).m;

test('what was seen is no guess', () => {
  expect(told(evidence('1', '1'))).toMatchObject({ state: 'loaded', reason: null });
  expect(told(evidence('2', '1'))).toMatchObject({
    state: 'stale',
    reason: 'The file on disk holds other code than what is mapped.',
  });
});

test.each<[Basis, RegExp]>([
  ['start', /^A guess: taken for the file that was there when the server started\./],
  ['log', /^A guess: taken for the file that was there when the log said that it was loaded\./],
  ['reload', /^A guess: taken for the file that was there at the last reload/],
])('what is guessed from %s says so, in each state', (basis, words) => {
  const basisOf = () => basis;
  const guesses = [
    evidence('1', '1', { basisOf }),
    evidence('2', '1', { basisOf }),
    evidence('2', '1', { basisOf, stuck: new Map([['m', null]]) }),
  ];
  expect(guesses.map((each) => told(each)?.state)).toEqual(['loaded', 'stale', 'stuck']);
  for (const each of guesses) expect(told(each)?.reason).toMatch(words);
  // A plan is made on guesses too.
  expect(guesses.map((each) => [...staleNodes(each)])).toEqual([[], ['m'], ['m']]);
});

test('what is known without the maps is no guess', () => {
  const basisOf = () => 'start' as const;
  expect(told(evidence('2', '1', { basisOf, building: new Set(['m']) }))?.reason).toBeNull();
  expect(told(evidence('2', '1', { basisOf, images: null }))).toMatchObject({ state: 'built', reason: null });
});

test('a stuck module names the child that has it', () => {
  const reason = told(evidence('2', '1', { stuck: new Map([['m', 4712]]) }))?.reason;
  expect(reason).toBe('The old image is still mapped in the child process 4712 after the reload.');
  expect(told(evidence('2', '1', { stuck: new Map([['m', null]]) }))?.reason).not.toContain('child');
});
