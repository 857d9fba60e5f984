/** What build scripts said in an earlier build of cargo, read from the files that it keeps. */
import { expect, test } from 'vitest';
import { type EarlierRun, meantRuns, scriptOutput } from '../../../main/engine/cargo/earlierScripts.ts';

const run = (change: Partial<EarlierRun>): EarlierRun => ({
  ...{ folder: '/t/debug/build/left-0123456789abcdef', output: '', outDirectory: null, at: 1, builtWith: '' },
  ...change,
});

test('folders and variables are read from both ways of writing them, and nothing else', () => {
  const output = `cargo:rustc-link-search=native=/lib/a
cargo::rustc-link-search=/lib/b
cargo:rustc-flags=-L /lib/c -l sea -L native=/lib/d
cargo:rustc-env=TIDE=a=b
cargo:rerun-if-changed=build.rs
cargo:include=/usr/include
rustc-link-search=/lib/e
`;
  expect(scriptOutput(run({ output }), 'left 1', 'left')).toEqual({
    ...{ id: 'left 1', package: 'left', outDirectory: '/t/debug/build/left-0123456789abcdef/out' },
    linkedPaths: ['native=/lib/a', '/lib/b', '/lib/c', 'native=/lib/d'],
    env: [['TIDE', 'a=b']],
  });
});

test('in a target folder that was moved, OUT_DIR is where it lies now', () => {
  const outDirectory = '/old/debug/build/left-0123456789abcdef/out';
  const output = `cargo:rustc-link-search=native=${outDirectory}/lib\n`;
  expect(scriptOutput(run({ output, outDirectory }), 'left 1', 'left').linkedPaths).toEqual([
    'native=/t/debug/build/left-0123456789abcdef/out/lib',
  ]);
});

test('the newest run is meant, with those that look the same', () => {
  const old = run({ at: 1, builtWith: 'with features' });
  const twin = run({ at: 2, builtWith: 'plain' });
  const newest = run({ at: 3, builtWith: 'plain' });
  expect(meantRuns([old, twin, newest], 1)).toEqual([newest, twin]);
  expect(meantRuns([old, twin, newest], 2)).toEqual([newest, twin, old]);
  expect(meantRuns([], 1)).toEqual([]);
});
