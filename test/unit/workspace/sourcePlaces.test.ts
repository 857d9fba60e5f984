import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLACE } from '#shared/contract.ts';
import { findPlace, type SourceFolders } from '../../../main/engine/workspace/sourcePlaces.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function world(): Promise<{ folders: SourceFolders; at: (path: string) => string }> {
  const folder = await temporaryFolder();
  const at = (path: string): string => join(folder, path);
  const files = ['depot/api/src/lib.rs', 'outside.rs', 'cargo/registry/src/x/serde/src/de.rs'];
  for (const file of [...files, 'rust/library/std/src/panicking.rs']) {
    await mkdir(dirname(at(file)), { recursive: true });
    await writeFile(at(file), '');
  }
  const folders = {
    root: at('depot'),
    packages: { folders: new Map([['depot_api', at('depot/api')]]) },
    buildEnvironment: { CARGO_HOME: at('cargo') },
    rustSources: at('rust'),
  };
  return { folders, at };
}

test('finds files of the workspace, of crates, and of Rust itself', async () => {
  const { folders, at } = await world();
  const find = async (text: string) => findPlace(text, folders);
  expect(await find('api/src/lib.rs:12:5')).toEqual({
    ok: true,
    value: { file: at('depot/api/src/lib.rs'), line: 12, column: 5 },
  });
  expect(await find('src/lib.rs:3')).toMatchObject({ value: { line: 3, column: 1 } });
  expect(await find('./api/src/lib.rs:3')).toMatchObject({ ok: true });
  expect(await find(`${at('cargo/registry/src/x/serde/src/de.rs')}:7:1`)).toMatchObject({ ok: true });
  expect(await find(`/rustc/${'a'.repeat(40)}/library/std/src/panicking.rs:1:1`)).toMatchObject({
    value: { file: at('rust/library/std/src/panicking.rs') },
  });
});

test('finds nothing else that is on this machine', async () => {
  const { folders, at } = await world();
  await symlink(at('outside.rs'), at('depot/link.rs'));
  for (const text of [
    `${at('outside.rs')}:1:1`,
    '../outside.rs:1',
    'api/../../outside.rs:1',
    'link.rs:1',
    'api/src:1',
    'api/src/none.rs:1',
    'no place',
    '--help.rs:1',
  ]) {
    expect(await findPlace(text, folders), text).toMatchObject({ ok: false });
  }
});

test.each([
  ['   --> api/src/lib.rs:12:5', ['api/src/lib.rs:12:5']],
  ["thread 'main' panicked at api/src/lib.rs:12:5:", ['api/src/lib.rs:12:5']],
  ['             at ./api/src/lib.rs:12:5', ['./api/src/lib.rs:12:5']],
  ['    at src/core/mods/module.rs:31 on main ThreadId(1)', ['src/core/mods/module.rs:31']],
  ['(a.rs:1), b.rs:2:3.', ['a.rs:1', 'b.rs:2:3']],
  ['example.com:443 12:00:01 http://host/x.rs:1 a.rs:0', []],
])('%s', (line, places) => {
  expect([...line.matchAll(PLACE)].map(([text]) => text)).toEqual(places);
});

test('hostile lines are searched soon', () => {
  fc.assert(
    fc.property(fc.constantFrom('a', '.', '/', 'a.rs', 'a.rs:', ' a', '-'), (unit) => {
      const line = unit.repeat(20_000);
      expect([...line.matchAll(PLACE)].length).toBeLessThanOrEqual(line.length);
    }),
    { numRuns: 20 },
  );
});
