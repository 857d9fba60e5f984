/** electron-builder runs this on every app it has packed for release, before it signs it. */
import { existsSync } from 'node:fs';
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { registryMarker } from './installedElectron.ts';

/** What is used of electron-builder's context. */
export interface PackedApp {
  /** The folder with the app: Hotdeck.app lies in it on macOS. */
  appOutDir: string;
  electronPlatformName: string;
  packager: { getResourcesDir(appOutDir: string): string };
}

/** Rejects where the app may not be released as it is; the message is for whoever packs it. */
export default async function afterPack(packed: PackedApp): Promise<void> {
  if (existsSync(join(packed.appOutDir, registryMarker))) {
    throw new Error(
      'This app contains the Electron from the package registry, which is for development and tests only. ' +
        'Package it where Electron can be downloaded, without `electronDist`.',
    );
  }
  if (packed.electronPlatformName === 'darwin') {
    await makeHelpersRun(packed.packager.getResourcesDir(packed.appOutDir));
  }
}

/** node-pty's package lacks the execute bit on the program that starts others on macOS. */
async function makeHelpersRun(resources: string): Promise<void> {
  const prebuilds = join(resources, 'app.asar.unpacked', 'node_modules', 'node-pty', 'prebuilds');
  for (const platform of await readdir(prebuilds)) {
    const helper = join(prebuilds, platform, 'spawn-helper');
    if (existsSync(helper)) await chmod(helper, 0o755);
  }
}
