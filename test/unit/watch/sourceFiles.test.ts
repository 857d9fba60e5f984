import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IgnoreRules, isDefinition, isSource } from '../../../main/engine/watch/sourceFiles.ts';
import { temporaryFolder } from '../../support/folders.ts';

test.each([
  ['api/src/lib.rs', true],
  ['Cargo.toml', true],
  ['.cargo/config.toml', true],
  ['Cargo.lock', true],
  ['api/src/page.html', true],
  ['api/page.html', false],
  ['data/db/000012.sst', false],
  ['api/src/.lib.rs.swp', false],
  ['api/src/lib.rs~', false],
  ['api/src/4913', false],
  ['api/src/.#lib.rs', false],
])('%s can change a build: %s', (path, expected) => {
  expect(isSource(path)).toBe(expected);
});

test('manifests and settings define the workspace', () => {
  const files = ['Cargo.toml', 'api/Cargo.toml', 'hotdeck.json', '.cargo/config.toml', 'rust-toolchain'];
  expect([...files, 'api/src/lib.rs', 'api/config.toml', 'Cargo.lock'].filter(isDefinition)).toEqual(files);
});

test('the target folder, version control and what .gitignore names are left out', async () => {
  const root = await temporaryFolder();
  await mkdir(join(root, 'api'), { recursive: true });
  await writeFile(join(root, '.gitignore'), '/data/\n*.log\n');
  await writeFile(join(root, 'api/.gitignore'), 'generated.rs\n');
  const rules = new IgnoreRules(root, () => [join(root, 'target')]);
  const ignored = (path: string, directory = false): boolean => rules.ignores(join(root, path), directory);
  expect([
    ignored('target', true),
    ignored('target/debug/x.rs'),
    ignored('.git', true),
    ignored('data', true),
  ]).toEqual([true, true, true, true]);
  expect([ignored('api/a.log'), ignored('api/generated.rs')]).toEqual([true, true]);
  expect([
    ignored('api/src/lib.rs'),
    ignored('generated.rs'),
    ignored('targets.rs'),
    ignored('', true),
  ]).toEqual([false, false, false, false]);
});
