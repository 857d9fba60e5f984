import { createHash } from 'node:crypto';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RequestParams } from '#shared/contract.ts';
import { failed, type Result, success } from '../../result.ts';
import type { ByteEdit, Diagnoses } from '../diagnoses.ts';
import { isOwn, isWithin, type SourceTree, shown } from '../sourceTree.ts';
import { type BeforeStep, type Replacement, replaceFiles } from './replaceFiles.ts';
import { changedSince, type Done, splice } from './splice.ts';

/** A file that suggestions are about, as the build left it and as it is after those that were applied. */
interface Witness {
  hash: string;
  done: readonly Done[];
}

export type FixTree = Pick<SourceTree, 'root' | 'members' | 'target'>;

const UNKNOWN = failed('unknown-suggestion', 'This suggestion is no longer available.', null);

/**
 * What the compiler of the last build would change, and can: edits files only as long as they are what it saw, or
 * differ from that by other suggestions alone.
 */
export class Fixes {
  #fixes: Diagnoses['fixes'] = new Map();
  #witnesses = new Map<string, Witness | null>();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #before: BeforeStep | undefined;

  /** @param before for tests: called before each step that changes a file. */
  constructor(before?: BeforeStep) {
    this.#before = before;
  }

  /**
   * Takes the fixes of a build that has ended in place of the last one's.
   * @param began when it did, in ms since the epoch: what was saved since then it may not have seen.
   */
  take(fixes: Diagnoses['fixes'], began: number): Promise<void> {
    return this.#inTurn(async () => {
      const files = [...fixes.values()].flatMap((each) => [...each.values()].flat().map(({ file }) => file));
      const witnesses = await Promise.all(
        [...new Set(files)].map(async (file) => [file, await witness(file, began)] as const),
      );
      this.#fixes = fixes;
      this.#witnesses = new Map(witnesses);
    });
  }

  /** Errors: it is unknown; a file is not the user's, or has changed since the build, or can't be written. */
  apply(tree: FixTree, { problemId, suggestionId }: RequestParams<'applySuggestion'>): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const edits = this.#fixes.get(problemId)?.get(suggestionId);
      return edits === undefined ? UNKNOWN : this.#apply(tree, edits);
    });
  }

  async #apply(tree: FixTree, edits: readonly ByteEdit[]): Promise<Result<null>> {
    const replacements: Replacement[] = [];
    const after = new Map<string, Witness>();
    for (const file of new Set(edits.map((each) => each.file))) {
      const own = await findOwn(tree, file);
      if (!own.ok) return own;
      const seen = this.#witnesses.get(file);
      const bytes = await readFile(own.value).catch(() => null);
      if (seen == null || bytes === null || hashOf(bytes) !== seen.hash)
        return changedSince(shown(tree, file));
      const inFile = edits.filter((each) => each.file === file);
      const spliced = splice(shown(tree, file), bytes, inFile, seen.done);
      if (!spliced.ok) return spliced;
      replacements.push({ path: own.value, before: bytes, after: spliced.value.bytes });
      after.set(file, { hash: hashOf(spliced.value.bytes), done: spliced.value.done });
    }
    const replaced = await replaceFiles(replacements, this.#before);
    if (replaced.ok) for (const [file, now] of after) this.#witnesses.set(file, now);
    return replaced;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

/** Null: it is not known to be what the compiler saw. */
async function witness(file: string, began: number): Promise<Witness | null> {
  try {
    const bytes = await readFile(file);
    const { mtimeMs } = await stat(file);
    return mtimeMs > began ? null : { hash: hashOf(bytes), done: [] };
  } catch {
    return null;
  }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Where a file of the user's really lies. */
async function findOwn(tree: FixTree, file: string): Promise<Result<string>> {
  const path = await realpath(file).catch(() => null);
  if (path === null) return changedSince(shown(tree, file));
  const real = await realTree(tree);
  if (!isOwn(real, path) || (await isVendored(real, path))) {
    return failed(
      'suggestion-elsewhere',
      `${shown(tree, file)} is not a source file of this workspace, so it was not changed.`,
    );
  }
  return success(path);
}

const real = (path: string): Promise<string> => realpath(path).catch(() => path);

async function realTree({ root, members, target }: FixTree): Promise<FixTree> {
  const folders = await Promise.all(
    [...members].map(async ([name, path]) => [name, await real(path)] as const),
  );
  return { root: await real(root), members: new Map(folders), target: await real(target) };
}

/** `cargo vendor` puts this file into each crate that it brings here. */
async function isVendored({ root }: FixTree, path: string): Promise<boolean> {
  for (let folder = dirname(path); isWithin(root, folder) && folder !== root; folder = dirname(folder)) {
    if (await isThere(join(folder, '.cargo-checksum.json'))) return true;
  }
  return false;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
