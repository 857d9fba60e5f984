import { chmod, chown, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, failed, messageOf, type Result, success } from '../../result.ts';

/** What a file is to become. */
export interface Replacement {
  /** Absolute, without links in it. */
  path: string;
  before: Buffer;
  after: Buffer;
}

/** Before anything of ours happens; tests stop here. */
export type BeforeStep = (step: 'write' | 'rename', path: string) => Promise<void> | void;

/**
 * Puts new contents in place of files, each of which is at every moment wholly old or wholly new; mode and owner
 * stay. All of them, or none: where one can't be replaced, those before it get their old contents back.
 * Errors: one has changed meanwhile, or can't be written.
 */
export async function replaceFiles(
  replacements: readonly Replacement[],
  before: BeforeStep = () => {},
): Promise<Result<null>> {
  const written: string[] = [];
  const replaced: Replacement[] = [];
  try {
    for (const each of replacements) {
      await before('write', each.path);
      written.push(beside(each.path));
      await writeBeside(each.path, each.after);
    }
    for (const each of replacements) {
      await before('rename', each.path);
      if (!(await readFile(each.path)).equals(each.before)) throw new Error('it was saved just now');
      await rename(beside(each.path), each.path);
      replaced.push(each);
    }
    return success(null);
  } catch (error) {
    const kept = await giveBack(replaced);
    return failed(
      'suggestion-not-written',
      `The suggestion could not be applied: ${messageOf(error)}. ${
        kept.length === 0
          ? 'No file was changed.'
          : `These files were changed and could not be restored: ${kept.join(', ')}.`
      }`,
      codeOf(error) === 'EACCES' ? 'Make the file and its folder writable, then try again.' : null,
    );
  } finally {
    await Promise.all(written.map((path) => rm(path, { force: true }).catch(() => {})));
  }
}

/** @returns the files that could not be set back. */
async function giveBack(replaced: readonly Replacement[]): Promise<string[]> {
  const kept: string[] = [];
  for (const { path, before } of replaced) {
    try {
      await writeBeside(path, before);
      await rename(beside(path), path);
    } catch {
      kept.push(path);
    }
  }
  return kept;
}

/** A name that neither cargo nor an editor takes for a source. */
const beside = (path: string): string => join(dirname(path), `.${basename(path)}.hotdeck~`);

async function writeBeside(path: string, bytes: Buffer): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  // Root may write to what nobody may: it is the mode that says what is wanted.
  if ((mode & 0o222) === 0) throw new Error(`${path} is write-protected`);
  await rm(beside(path), { force: true });
  const file = await open(beside(path), 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  // Only root may give files away; where the owner can't be kept, the file is ours.
  await chown(beside(path), uid, gid).catch(() => {});
  await chmod(beside(path), mode & 0o7777);
}
