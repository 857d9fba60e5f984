import { access, constants, lstat, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Failure } from '#shared/contract.ts';
import { codeOf, failed, messageOf } from '../result.ts';
import type { SourceFile } from './types.ts';

/** Larger than any manifest that a person wrote. */
const MOST_BYTES = 512 * 1024;

/** A file as it was found: its bytes, and what speaks against writing it; or why it can't be read. */
export type Found =
  | { kind: 'none' }
  | { kind: 'failure'; failure: Failure }
  | { kind: 'file'; source: SourceFile; mode: number; failure: Failure | null };

/**
 * Reads one file of a workspace.
 * @param root without links on the way.
 * @param file relative to it, with slashes.
 */
export async function readSourceFile(root: string, file: string): Promise<Found> {
  const path = join(root, file);
  try {
    const real = await realpath(path);
    const target = within(root, real);
    if (target === null) return leadsOut(file, real);
    // A pipe would hold up a plain open until somebody writes to it.
    const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile())
        return failure('not-a-file', `${file} is not a file.`, 'Put the file in its place.');
      if (stats.size > MOST_BYTES)
        return failure('too-large', `${file} is too large for what it should be.`, 'Look into it.');
      const source: SourceFile = { file, bytes: await handle.readFile() };
      if (target !== file) source.target = target;
      const writable = await access(dirname(real), constants.W_OK).then(
        () => true,
        () => false,
      );
      return {
        kind: 'file',
        source,
        mode: stats.mode,
        failure: writable ? null : readOnly(file, 'its folder may not be written to'),
      };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && !(await isLink(path))) return { kind: 'none' };
    return failure(
      'unreadable',
      `${file} can't be read: ${messageOf(error)}.`,
      'Make it readable, or mend the link.',
    );
  }
}

/** A file that is there counts, whatever is in it: it is never written. */
export async function findSourceFile(root: string, file: string): Promise<Found> {
  const stats = await stat(join(root, file)).catch(() => null);
  if (stats === null || !stats.isFile()) return { kind: 'none' };
  return { kind: 'file', source: { file, bytes: Buffer.alloc(0) }, mode: stats.mode, failure: null };
}

/** What speaks against making a file in a folder: that it leads out of the workspace; null where nothing does. */
export async function refusedFolder(root: string, file: string): Promise<Failure | null> {
  const real = await realpath(join(root, dirname(file))).catch(() => null);
  if (real === null || within(root, real) !== null) return null;
  const found = leadsOut(file, join(real, basename(file)));
  return found.kind === 'failure' ? found.failure : null;
}

/** A path relative to the workspace, with slashes; null where it is not in there. */
function within(root: string, real: string): string | null {
  const path = relative(root, real).split(sep).join('/');
  return path.startsWith('../') || path === '..' ? null : path;
}

const leadsOut = (file: string, real: string): Found =>
  failure(
    'outside-workspace',
    `${file} leads out of the workspace, to ${real}.`,
    'Hotdeck writes inside of the workspace only: edit that file by hand.',
  );

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );

const failure = (kind: string, message: string, remedy: string): Found => ({
  kind: 'failure',
  failure: failed(kind, message, remedy).failure,
});

/** @param why such as "it is write-protected". */
export const readOnly = (file: string, why: string): Failure =>
  failed('read-only', `${file} stays as it is: ${why}.`, `Make it writable (chmod u+w), or edit it by hand.`)
    .failure;
