/** Global setup for tests of the packaged app: packs what was built, on the Electron that the tests run on. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { provideElectron } from '../../main/launch/electron.ts';
import { runCommand } from '../../main/launch/runCommand.ts';

const root = checkoutRoot();
const config = join('test', 'support', 'electron-builder.e2e.yml');
const output = join(root, 'release', 'e2e');
const stamp = join(output, 'packed-from.txt');
/** What goes into the package; folders end in a slash. */
const ingredients = [
  'dist/main/',
  'dist/preload/',
  'dist/renderer/',
  'assets/icons/',
  'assets/sample/',
  config,
  'electron-builder.yml',
  'package.json',
];

/** Packs into release/e2e unless that holds the same already; sets HOTDECK_PACKAGED to the program. */
export default async function packApp(): Promise<() => void> {
  // Who has set it has an app to be tested; globalDisplay has said already which Electron this is.
  if (process.env.HOTDECK_PACKAGED !== undefined) return () => undefined;
  const electron = await provideElectron(() => undefined);
  if (!electron.ok) throw new Error(electron.failure.message);

  const wanted = `${electron.dist} ${electron.version} ${await digest()}\n`;
  if (!existsSync(stamp) || (await readFile(stamp, 'utf8')) !== wanted) {
    await rm(output, { recursive: true, force: true });
    await pack(electron.dist, electron.version);
    // electron-builder takes it away from an Electron that it has downloaded itself, as it does for a release.
    if (process.platform !== 'darwin')
      await rm(join(dirname(packedProgram()), 'resources', 'default_app.asar'), { force: true });
    await writeFile(stamp, wanted);
  }
  process.env.HOTDECK_PACKAGED = packedProgram();
  return () => {
    delete process.env.HOTDECK_PACKAGED;
  };
}

async function pack(electronDist: string, electronVersion: string): Promise<void> {
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const electron = [`-c.electronDist=${electronDist}`, `-c.electronVersion=${electronVersion}`];
  const ran = await runCommand(process.execPath, [builder, '--dir', '--config', config, ...electron], {
    cwd: root,
  });
  if (!ran.ok) throw new Error(`The app could not be packed: ${ran.reason}.\n${ran.stdout}\n${ran.stderr}`);
}

/** A hash over the names and contents of all that goes in. */
async function digest(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ingredients.flatMap(filesIn))
    hash.update(`${name}\n`).update(await readFile(join(root, name)));
  return hash.digest('hex');
}

function filesIn(name: string): string[] {
  if (!name.endsWith('/')) return [name];
  return readdirSync(join(root, name), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => entry.name !== 'target')
    .flatMap((entry) => filesIn(`${name}${entry.name}${entry.isDirectory() ? '/' : ''}`));
}

/** The program inside what was packed for this platform. */
function packedProgram(): string {
  const inside = { darwin: 'Hotdeck.app/Contents/MacOS/Hotdeck', win32: 'Hotdeck.exe' };
  const program =
    process.platform === 'darwin' || process.platform === 'win32' ? inside[process.platform] : 'hotdeck';
  const found = readdirSync(output)
    .map((folder) => join(output, folder, program))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`No packaged app was found in ${output}.`);
  return found;
}
