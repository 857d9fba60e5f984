import { expect, test } from 'vitest';
import { outputDirectoryOf } from '../../../main/engine/workspace/outputDirectory.ts';

test.each([
  [[], '/t/debug'],
  [['--workspace', '--features', 'mods'], '/t/debug'],
  [['--release'], '/t/release'],
  [['-r'], '/t/release'],
  [['--profile', 'dev'], '/t/debug'],
  [['--profile=fast'], '/t/fast'],
  [['--profile', 'bench'], '/t/release'],
  [['--target', 'aarch64-unknown-linux-gnu', '--release'], '/t/aarch64-unknown-linux-gnu/release'],
])('cargo build %j links into %s', (args, folder) => {
  expect(outputDirectoryOf('/t', args)).toBe(folder);
});
