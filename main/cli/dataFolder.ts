import { homedir } from 'node:os';
import { join } from 'node:path';

/** The app's name, as its package.json says: Electron names its folder after it, from a checkout and packaged. */
const APP = 'hotdeck';

/** The folder in which the app keeps what outlasts it, so that the command line finds the same (Electron: `userData`). */
export function dataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string {
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', APP);
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), APP);
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), APP);
}
