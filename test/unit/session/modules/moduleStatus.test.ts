import { expect, test } from 'vitest';
import type { Image } from '../../../../main/engine/process/images.ts';
import type { Basis } from '../../../../main/engine/process/logInferredImages.ts';
import {
  type Evidence,
  moduleStatuses,
  staleNodes,
} from '../../../../main/engine/session/modules/moduleStatus.ts';

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

test.each([
  ['same', 'loaded', 'Relinked because a library changed; its own code did not.'],
  ['moved', 'loaded', 'Relinked because a module changed; probably its own code did not.'],
  ['unknown', 'loaded', 'Relinked because a module changed; probably its own code did not.'],
  ['different', 'stale', /What is inside of the program itself is other code now: that takes a restart\.$/],
] as const)('a relinked program whose own code is %s is %s', (ownCode, state, reason) => {
  const program = { name: 'm', label: 'm', role: 'executable' as const, needs: [], wave: null };
  const found = told(evidence('2', '1', { nodes: [program], relinksWithModules: true, ownCode }));
  expect(found?.state).toBe(state);
  expect(found?.reason).toMatch(reason);
});

test('a library that was written to while it was mapped is stale, though it is the same file', () => {
  const images = new Map([['m', { ...image('1'), isOverwritten: true }]]);
  expect(told(evidence('1', '1', { images }))).toMatchObject({
    state: 'stale',
    reason: expect.stringMatching(/^libm\.so was written to while the server had it mapped/),
    image: { overwritten: true },
  });
});

test.each([
  ['name', /^A guess: libm\.so is taken for it by its file name/],
  ['soname', /^A guess: libm\.so is taken for it by its SONAME/],
  ['memory', /^A guess: its file is gone, and only what the process does not write to/],
] as const)('an image that is known by %s alone is called a guess', (witness, words) => {
  const images = new Map([['m', { ...image('2'), witness }]]);
  expect(told(evidence('1', '1', { images }))?.reason).toMatch(words);
});

test('an earlier build on disk is called that', () => {
  const at = new Date();
  at.setHours(1, 2, 3);
  const found = told(evidence('2', '1', { earlierOf: () => ({ builtAt: at.getTime() }) }));
  expect(found?.reason).toBe('An earlier build is on disk again: the one of 01:02:03.');
});
