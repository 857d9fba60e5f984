import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { codeOf, failed, type Result, success } from '../../result.ts';
import { type Disk, unless } from './disk.ts';
import { bytesAt, hashAt, hashOf, putFile, writeWhole } from './fileContents.ts';
import { contentsOf, type Journal, JournalSchema, type Work, WorkSchema } from './journal.ts';

/**
 * What is remembered of a workspace's setup, outside of it:
 *
 * - `current/journal.json`: what is applied (journal.ts); not there: nothing is;
 * - `current/contents/`: every file's bytes before and after, named by their SHA-256;
 * - `current/work.json`: what is being done. It is there before the first file is touched, and `next.json` with it:
 *   what becomes the journal at the end;
 * - `last/`: the whole of it as it was when a setup was last taken back, in case somebody misses something. Nobody
 *   reads it. `last/journal.json` and `last/work.json` say which contents are of which file.
 */
export class JournalFolder {
  readonly #folder: string;
  readonly #current: string;
  readonly #contents: string;
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#current = join(folder, 'current');
    this.#contents = join(folder, 'current', 'contents');
    this.#disk = disk;
  }

  async read(): Promise<Result<{ journal: Journal | null; work: Work | null }>> {
    const work = await this.#parse('work.json', WorkSchema);
    if (!work.ok) return work;
    const journal = await this.#parse('journal.json', JournalSchema);
    return journal.ok ? success({ journal: journal.value, work: work.value }) : journal;
  }

  /** The bytes of that hash; a failure where they are not what was stored. */
  async content(hash: string): Promise<Result<Buffer>> {
    const bytes = await bytesAt(join(this.#contents, hash));
    return bytes !== null && hashOf(bytes) === hash ? success(bytes) : this.#damaged(`contents/${hash}`);
  }

  /** Stores all that the work needs, then the work itself, for good: from here on it can be finished by anyone. */
  async begin(work: Work, contents: readonly Buffer[]): Promise<void> {
    await unless(['EEXIST'], this.#disk.makeFolder(this.#current));
    await unless(['EEXIST'], this.#disk.makeFolder(this.#contents));
    for (const bytes of contents) {
      const path = join(this.#contents, hashOf(bytes));
      if ((await hashAt(path)) === hashOf(bytes)) continue;
      await writeWhole(this.#disk, `${path}~`, bytes);
      await this.#disk.rename(`${path}~`, path);
    }
    // The data folder's own entries, too, may be new.
    const above = [this.#folder, dirname(this.#folder), dirname(dirname(this.#folder))];
    for (const folder of [this.#contents, this.#current, ...above]) await this.#disk.syncFolder(folder);
    if (work.next !== null) await this.#put('next.json', work.next);
    await this.#put('work.json', work);
  }

  /** The work is done: what comes next is what is applied. */
  async commit(work: Work): Promise<void> {
    if (work.next === null) {
      await this.#removeAll(join(this.#folder, 'last'));
      await this.#disk.rename(this.#current, join(this.#folder, 'last'));
      await this.#disk.syncFolder(this.#folder);
      return;
    }
    // It is gone where a process was killed after this very step.
    await unless(['ENOENT'], this.#disk.rename(this.#path('next.json'), this.#path('journal.json')));
    await this.#end();
    await this.#removeUnused(work.next);
  }

  /** Nothing came of the work: what was applied is what is applied. */
  async abandon(journal: Journal | null): Promise<void> {
    await this.#end();
    await unless(['ENOENT'], this.#disk.remove(this.#path('next.json')));
    await this.#removeUnused(journal);
  }

  async #end(): Promise<void> {
    // Where it was refused at the very first step, there is not even a folder.
    const steps = [
      () => this.#disk.syncFolder(this.#current),
      () => this.#disk.remove(this.#path('work.json')),
      () => this.#disk.syncFolder(this.#current),
    ];
    for (const step of steps) await unless(['ENOENT'], step());
  }

  async #removeUnused(journal: Journal | null): Promise<void> {
    const used = new Set(contentsOf(journal));
    for (const { name } of (await entriesOf(this.#contents)) ?? []) {
      if (!used.has(name)) await unless(['ENOENT'], this.#disk.remove(join(this.#contents, name)));
    }
  }

  async #removeAll(folder: string): Promise<void> {
    const entries = await entriesOf(folder);
    if (entries === null) return;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await this.#removeAll(path);
      else await this.#disk.remove(path);
    }
    await this.#disk.removeFolder(folder);
  }

  #path(name: string): string {
    return join(this.#current, name);
  }

  #put(name: string, value: Journal | Work): Promise<void> {
    return putFile(this.#disk, this.#path(name), Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  }

  async #parse<T>(name: string, schema: z.ZodType<T>): Promise<Result<T | null>> {
    const bytes = await bytesAt(this.#path(name));
    if (bytes === null) return success(null);
    try {
      const parsed = schema.safeParse(JSON.parse(bytes.toString()));
      return parsed.success ? success(parsed.data) : this.#damaged(name);
    } catch {
      // Not even JSON.
      return this.#damaged(name);
    }
  }

  #damaged(name: string): ReturnType<typeof failed> {
    return failed(
      'setup-journal-damaged',
      `Hotdeck's journal of this workspace's setup is damaged: ${this.#path(name)} is not as it was written.`,
      `Restore the workspace's files by hand (their contents are in ${this.#contents}), then delete ${this.#current}.`,
    );
  }
}

/** What lies in a folder; null where there is none. */
const entriesOf = (folder: string): Promise<Dirent[] | null> =>
  readdir(folder, { withFileTypes: true }).catch((error) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
