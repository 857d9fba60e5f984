import { realpath } from 'node:fs/promises';
import type { Applied, Failure, Resolution } from '#shared/contract.ts';
import { failed, type Result, success } from '../../result.ts';
import type { SetupWay } from '../types.ts';
import { applyWork, changedSince, type Prepared } from './applyWork.ts';
import { carryOut, reversed } from './carryOut.ts';
import { STANDING, systemFailure } from './changeFailures.ts';
import { type Disk, realDisk } from './disk.ts';
import type { Journal, Work } from './journal.ts';
import { JournalFolder } from './journalFolder.ts';
import { lockFolder } from './lock.ts';
import { revertWork, standings } from './revertWork.ts';

/** How long another Hotdeck is waited for that changes the same workspace, in ms. */
const PATIENCE = 5_000;

interface Place {
  /** The workspace. */
  root: string;
  /** Where its setup is remembered, outside of it. What lies there: journalFolder.ts. */
  folder: string;
  /** For tests. */
  disk?: Disk;
  patience?: number;
}

/**
 * Applies a setup to the files of a workspace, and takes it back to the last byte. All files or none: what is cut off
 * at any point is remembered and finished by the next `finish`, `apply` or `revert`. A link is followed, its file is
 * replaced; of a file with several names (hard links) only the name in the workspace gets the new contents. Modes are
 * kept, owners where the system allows it. What the last setup that was taken back had done, and the files as they
 * were just before, stay in `last/` of the folder.
 */
export class SetupChanges {
  readonly #root: string;
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #patience: number;
  readonly #journal: JournalFolder;

  constructor({ root, folder, disk = realDisk, patience = PATIENCE }: Place) {
    this.#root = root;
    this.#folder = folder;
    this.#disk = disk;
    this.#patience = patience;
    this.#journal = new JournalFolder(folder, disk);
  }

  /** Finishes what was interrupted, if anything was. Call it before anything else looks at the workspace's files. */
  async finish(): Promise<Result<null>> {
    try {
      const read = await this.#journal.read();
      if (!read.ok) return read;
      if (read.value.work === null) return success(null);
    } catch (error) {
      return systemFailure(error, STANDING.untouched);
    }
    return this.#alone(async () => success(null));
  }

  /** The setup that is applied here, and which of its files were edited since; null where none is. */
  async applied(): Promise<Result<Applied | null>> {
    try {
      const read = await this.#journal.read();
      if (!read.ok) return read;
      const { journal, work } = read.value;
      if (work !== null) return interrupted();
      if (journal === null) return success(null);
      const found = await standings(await realpath(this.#root), journal, this.#journal);
      if (!found.ok) return found;
      return success({
        way: journal.way,
        at: journal.at,
        files: journal.files.map(({ file }) => file),
        lines: journal.files.reduce((sum, { lines }) => sum + lines, 0),
        conflicts: found.value.flatMap(({ conflict }) => (conflict === null ? [] : [conflict])),
      });
    } catch (error) {
      return systemFailure(error, STANDING.untouched);
    }
  }

  /**
   * Makes every edit of a way, or none. On top of a setup that is applied, the files' first originals stay what
   * `revert` goes back to. A way that has nothing to do changes nothing; one that only has arguments for cargo is
   * remembered, so that it can be taken back.
   */
  apply(way: SetupWay): Promise<Result<null>> {
    return this.#alone(async (root, journal) => {
      const prepared = await applyWork(root, way, journal);
      if (!prepared.ok) return prepared;
      const { moves } = prepared.value.work;
      const isKnown = journal === null ? way.arguments.length === 0 : journal.way === way.id;
      if (moves.length === 0 && isKnown) return success(null);
      return this.#do(root, prepared.value, journal);
    });
  }

  /**
   * Takes the setup back: every file as it was, if nobody edited it since. Where somebody did, `resolutions` says what
   * to leave in it, by file; it is asked for, and nothing is changed, where that is missing.
   */
  revert(resolutions: Readonly<Record<string, Resolution>> = {}): Promise<Result<null>> {
    return this.#alone(async (root, journal) => {
      if (journal === null) return failed('setup-not-applied', 'No setup is applied here.');
      const prepared = await revertWork(root, journal, this.#journal, resolutions);
      return prepared.ok ? this.#do(root, prepared.value, journal) : prepared;
    });
  }

  /** Does something while nobody else does, with all that was begun before finished. */
  async #alone(
    action: (root: string, journal: Journal | null) => Promise<Result<null>>,
  ): Promise<Result<null>> {
    try {
      const root = await realpath(this.#root);
      const lock = await lockFolder(this.#folder, this.#patience);
      if (!lock.ok) return lock;
      const result = await this.#locked(root, action);
      try {
        await lock.value();
        return result;
      } catch (error) {
        return result.ok ? systemFailure(error, STANDING.done) : result;
      }
    } catch (error) {
      return systemFailure(error, STANDING.untouched);
    }
  }

  async #locked(
    root: string,
    action: (root: string, journal: Journal | null) => Promise<Result<null>>,
  ): Promise<Result<null>> {
    let standing: string = STANDING.untouched;
    try {
      const read = await this.#journal.read();
      if (!read.ok) return read;
      const { work } = read.value;
      if (work === null) return await action(root, read.value.journal);
      const finished = await this.#finish(root, work, read.value.journal);
      if (!finished.ok) return finished;
      standing = STANDING.finished;
      return await action(root, finished.value);
    } catch (error) {
      return systemFailure(error, standing);
    }
  }

  async #do(root: string, { work, contents }: Prepared, journal: Journal | null): Promise<Result<null>> {
    try {
      await this.#journal.begin(work, contents);
    } catch (error) {
      return this.#abandon(systemFailure(error, STANDING.untouched), journal);
    }
    const failure = await this.#carryOut(root, work);
    if (failure !== null) return this.#rollBack(root, work, journal, failure);
    try {
      await this.#journal.commit(work);
      return success(null);
    } catch (error) {
      return systemFailure(
        error,
        'All files were updated, but the journal could not be saved. It is completed next time.',
      );
    }
  }

  async #carryOut(root: string, { moves }: Work): Promise<Failure | null> {
    try {
      const done = await carryOut(this.#tools(root), moves, true);
      if (!done.ok) return done.failure;
      const [stranger] = done.value;
      return stranger === undefined ? null : changedSince(stranger).failure;
    } catch (error) {
      return systemFailure(error, STANDING.rolledBack).failure;
    }
  }

  async #rollBack(
    root: string,
    { moves }: Work,
    journal: Journal | null,
    failure: Failure,
  ): Promise<Result<null>> {
    try {
      const undone = await carryOut(this.#tools(root), reversed(moves), false);
      if (!undone.ok) return undone;
    } catch (error) {
      return systemFailure(error, STANDING.unfinished);
    }
    return this.#abandon({ ok: false, failure }, journal);
  }

  async #abandon(
    why: { ok: false; failure: Failure },
    journal: Journal | null,
  ): Promise<{ ok: false; failure: Failure }> {
    try {
      await this.#journal.abandon(journal);
      return why;
    } catch (error) {
      return systemFailure(error, STANDING.unfinished);
    }
  }

  /** @returns what is applied then. */
  async #finish(root: string, work: Work, journal: Journal | null): Promise<Result<Journal | null>> {
    try {
      const done = await carryOut(this.#tools(root), work.moves, false);
      if (!done.ok) return done;
      const strangers = new Set(done.value);
      // Edited by somebody while it was half taken back: that file stays applied, so that it is asked about.
      const left = journal?.files.filter(({ file }) => strangers.has(file)) ?? [];
      const next = work.next ?? (journal !== null && left.length > 0 ? { ...journal, files: left } : null);
      const finished = { ...work, next };
      if (next !== work.next) await this.#journal.begin(finished, []);
      await this.#journal.commit(finished);
      return success(next);
    } catch (error) {
      return systemFailure(error, STANDING.unfinished);
    }
  }

  #tools(root: string): Parameters<typeof carryOut>[0] {
    return { root, disk: this.#disk, content: (hash) => this.#journal.content(hash) };
  }
}

const interrupted = (): ReturnType<typeof failed> =>
  failed(
    'setup-unfinished',
    "This workspace's setup is being changed right now, or a change was interrupted.",
    'Open the workspace again: an interrupted change is finished then.',
  );
