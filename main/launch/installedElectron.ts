/** Looks for Electron on disk: in node_modules, or where ELECTRON_OVERRIDE_DIST_PATH points. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Failure } from '#shared/contract.ts';

/** `dist` is the folder that electron-builder calls `electronDist`. */
export interface ElectronDist {
  executable: string;
  dist: string;
  version: string;
  origin: 'installed' | 'downloaded' | 'registry';
}

/** In the folder of a registry build, so that it is known for what it is wherever it is copied. */
export const registryMarker = 'HOTDECK-REGISTRY-BUILD.txt';

/** The program inside an unpacked Electron, by platform. */
export function programIn(dist: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return join(dist, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(dist, platform === 'win32' ? 'electron.exe' : 'electron');
}

/** The folder of the `electron` package that the checkout depends on. */
export function electronPackage(root: string): string {
  return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
}

/** The version that the lock file pins: what the checkout should run on. */
export function wantedVersion(root: string): { ok: true; version: string } | { ok: false; failure: Failure } {
  try {
    const text = readFileSync(join(electronPackage(root), 'package.json'), 'utf8');
    return { ok: true, version: z.object({ version: z.string() }).parse(JSON.parse(text)).version };
  } catch {
    const message = 'The electron package isn’t installed.';
    return { ok: false, failure: { kind: 'electron-missing', message, remedy: 'Run `npm ci`.' } };
  }
}

/** What stands in `dist`; undefined where it holds no complete Electron. */
export function readDist(dist: string): ElectronDist | undefined {
  const executable = programIn(dist);
  const versionFile = join(dist, 'version');
  try {
    accessSync(executable, constants.X_OK);
    const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
    const origin = existsSync(join(dist, registryMarker)) ? 'registry' : 'installed';
    return { executable, dist, version, origin };
  } catch {
    // Missing or half unpacked: either way there is nothing to run here.
    return undefined;
  }
}

/** The binary in node_modules, if it is there and of the version that the checkout wants. */
export function findInstalled(root: string, version: string): ElectronDist | undefined {
  const found = readDist(join(electronPackage(root), 'dist'));
  return found?.version === version ? found : undefined;
}

/** The Electron that the user named; a folder without one is an error, never a reason to take another. */
export function overriddenDist(
  folder: string,
): ({ ok: true } & ElectronDist) | { ok: false; failure: Failure } {
  const found = readDist(resolve(folder));
  if (found) return { ok: true, ...found };
  return {
    ok: false,
    failure: {
      kind: 'electron-missing',
      message: `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, which isn’t a complete Electron.`,
      remedy: 'Point it at the folder with the Electron program and its `version` file, or unset it.',
    },
  };
}
