import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What `npm run dev` builds; apart from dist/main and its like, which tests and `npm start` use. */
export const appFolderOf = (root: string): string => join(root, 'dist', 'dev');

/**
 * Makes the folder that Electron takes for the app, and gives its path. The name in its package.json keeps the settings
 * and the single instance of the developed app apart from those of an installed one.
 */
export async function makeAppFolder(root: string): Promise<string> {
  const folder = appFolderOf(root);
  await mkdir(folder, { recursive: true });
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const own = { name: 'hotdeck-dev', version, type: 'module', main: 'main/app.js' };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
  const assets = join(folder, 'assets');
  await rm(assets, { force: true });
  await symlink(join(root, 'assets'), assets, 'junction');
  return folder;
}
