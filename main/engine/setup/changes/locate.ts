import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { codeOf, failed, type Result, success } from '../../result.ts';
import { bytesAt, type Keep } from './fileContents.ts';

/** A file of a workspace as it is now, be it there or not. */
export interface Located {
  /** Where it really lies, relative to the workspace. */
  target: string;
  bytes: Buffer | null;
  keep: Keep | null;
  /** Folders that are missing above it, outermost first, relative to the workspace. */
  missing: string[];
}

const refused = (file: string, why: string, remedy: string | null = null): Result<never> =>
  failed('setup-refused', `${file} ${why}; it was not changed.`, remedy);

const isInside = (path: string): boolean =>
  path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);

/**
 * Finds a file through all links.
 * @param root the workspace, without links in its own path. @param file relative to it, with slashes.
 */
export async function locate(root: string, file: string): Promise<Result<Located>> {
  if (isAbsolute(file) || file.split('/').some((part) => ['', '.', '..'].includes(part))) {
    return refused(file, 'is not a path inside the workspace');
  }
  try {
    const found = await resolveFile(root, file);
    if ('broken' in found) {
      const link = relative(root, found.broken);
      return refused(
        file,
        link === relative(root, join(root, file))
          ? 'is a link to a file that does not exist'
          : `lies below ${link}, a link to something that does not exist`,
      );
    }
    const target = relative(root, found.path);
    if (!isInside(target)) return refused(file, `lies outside the workspace: at ${found.path}`);
    const missing = found.missing.map((folder) => relative(root, folder));
    if (!found.there) return success({ target, bytes: null, keep: null, missing });
    const stats = await stat(found.path);
    if (!stats.isFile()) return refused(file, 'is not a regular file');
    return success({
      target,
      bytes: await bytesAt(found.path),
      keep: { mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid },
      missing,
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTDIR') return refused(file, 'lies below something that is not a folder');
    if (code === 'ELOOP') return refused(file, "can't be reached: a link on the way leads back to itself");
    throw error;
  }
}

/** `broken`: a link that leads nowhere, be it the file or a folder above it. */
async function resolveFile(
  root: string,
  file: string,
): Promise<{ path: string; there: boolean; missing: string[] } | { broken: string }> {
  const whole = await realOf(join(root, file));
  if (whole !== null) return { path: whole, there: true, missing: [] };
  const rest: string[] = [];
  for (let path = join(root, file); ; path = dirname(path)) {
    const real = await realOf(path);
    if (real !== null) {
      const parts = rest.map((_, index) => join(real, ...rest.slice(0, index + 1)));
      return { path: join(real, ...rest), there: false, missing: parts.slice(0, -1) };
    }
    if (await isThere(path)) return { broken: path };
    rest.unshift(relative(dirname(path), path));
  }
}

const orNull = (error: unknown): null => {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
};
const realOf = (path: string): Promise<string | null> => realpath(path).catch(orNull);
const isThere = async (path: string): Promise<boolean> => (await lstat(path).catch(orNull)) !== null;

/**
 * Whether a file can be replaced, which is up to its folder. That a file itself is write-protected is a matter of the
 * plan: where all are (a copy of a protected tree), it means nothing.
 */
export async function checkWritable(root: string, file: string, located: Located): Promise<Result<null>> {
  const [first = located.target] = located.missing;
  const folder = dirname(join(root, first));
  if (await may(folder, constants.W_OK | constants.X_OK)) return success(null);
  const why = `lies in a folder that can't be written to (${folder})`;
  return refused(file, why, 'Make it writable, then try again.');
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
