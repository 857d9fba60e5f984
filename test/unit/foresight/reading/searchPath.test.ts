import { mkdtempSync, realpathSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ElfSummary } from '../../../../main/engine/elf/elf.ts';
import { flags1Of } from '../../../../main/engine/elf/elfFlags.ts';
import {
  configuredFolders,
  type Places,
  searchFolders,
} from '../../../../main/engine/foresight/reading/searchPath.ts';

const elf = (given: Partial<ElfSummary> = {}): ElfSummary => ({
  kind: 'shared object',
  machine: 62,
  soname: null,
  needed: [],
  rpath: null,
  runpath: null,
  flags1: flags1Of(0),
  bindNow: false,
  threadLocal: { segment: false, fixed: false },
  buildId: null,
  ...given,
});

const places = (given: Partial<Places> = {}): Places => ({
  executable: null,
  environment: {},
  cwd: '/work',
  configured: ['/opt/lib'],
  ...given,
});

const DEFAULTS = [
  '/opt/lib',
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/lib',
  '/usr/lib',
];

describe('the folders where libraries are looked for', () => {
  test('include those of the system', () => {
    expect(searchFolders({ path: '/a/libx.so', elf: elf() }, places())).toEqual(DEFAULTS);
    expect(searchFolders({ path: '/a/libx.so', elf: elf({ machine: 183 }) }, places())[1]).toBe(
      '/lib/aarch64-linux-gnu',
    );
    const own = elf({ flags1: flags1Of(0x800) });
    expect(searchFolders({ path: '/a/libx.so', elf: own }, places())).toEqual([]);
  });

  test('come in order: DT_RPATH or LD_LIBRARY_PATH and then DT_RUNPATH, never both', () => {
    const environment = { LD_LIBRARY_PATH: '/env/one:/env/two' };
    const found = (given: Partial<ElfSummary>): string[] =>
      searchFolders({ path: '/a/lib/libx.so', elf: elf(given) }, places({ environment, configured: [] }));
    const base = DEFAULTS.slice(1);
    expect(found({ rpath: '/r', runpath: `$ORIGIN:\${ORIGIN}/../sub` })).toEqual([
      '/env/one',
      '/env/two',
      '/a/lib',
      '/a/sub',
      ...base,
    ]);
    expect(found({ rpath: '$ORIGIN/in:/r:$LIB' })).toEqual([
      '/a/lib/in',
      '/r',
      '/env/one',
      '/env/two',
      ...base,
    ]);
  });

  test('the DT_RPATH of the executable serves its libraries, its DT_RUNPATH does not', () => {
    const found = (given: Partial<ElfSummary>): string | undefined =>
      searchFolders(
        { path: '/a/libx.so', elf: elf() },
        places({ executable: { path: '/bin/server', elf: elf(given) }, configured: [] }),
      )[0];
    expect(found({ rpath: '$ORIGIN/libs' })).toBe('/bin/libs');
    expect(found({ runpath: '$ORIGIN/libs' })).toBe('/lib/x86_64-linux-gnu');
    expect(found({ rpath: '/r', runpath: '/q' })).toBe('/lib/x86_64-linux-gnu');
  });

  test('relative and empty entries of LD_LIBRARY_PATH begin where the server does', () => {
    const environment = { LD_LIBRARY_PATH: 'libs::/abs' };
    expect(searchFolders({ path: '/a/libx.so', elf: elf() }, places({ environment })).slice(0, 3)).toEqual([
      '/work/libs',
      '/work',
      '/abs',
    ]);
  });
});

test('reads the system’s configuration with the files that it includes', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hotdeck-ldso-')));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'conf.d'));
  const main = join(folder, 'ld.so.conf');
  await writeFile(main, `# a comment\n/first # here\ninclude conf.d/*.conf\n include ${main}\n\n`);
  await writeFile(join(folder, 'conf.d/b.conf'), '/third\n');
  await writeFile(join(folder, 'conf.d/a.conf'), '/second\nnot/absolute\n');
  await writeFile(join(folder, 'conf.d/a.conf.bak'), '/never\n');
  expect(await configuredFolders(main)).toEqual(['/first', '/second', '/third']);
  expect(await configuredFolders(join(folder, 'nothing'))).toEqual([]);
});
