import type { BuildEvent } from '../building/buildEvents.ts';
import { ancestryOf } from '../process/ancestry.ts';
import { type BlockedLock, readBlocked } from '../process/fileLocks.ts';
import { familyOf } from '../process/processTree.ts';
import { holderIn, type LockHolder } from './lockHolder.ts';
import { type LockWait, wordsOf } from './lockWords.ts';

/** Between two looks, in ms: before cargo has begun to work, when a quiet one may wait without a word; and while it waits. */
const SELDOM_MS = 250;
const OFTEN_MS = 50;

/**
 * Sees whether a cargo waits for a file lock, for whom, and for how long in all. Cargo says only that it begins to wait
 * (and a quiet one not even that); the kernel's list of locks tells the rest. Where there is no such list, a wait is over
 * with the next sign of work. Once cargo works, nothing is looked at any more.
 */
export class LockWatch {
  readonly #cargo: number;
  readonly #tell: (event: BuildEvent) => void;
  readonly #read: () => BlockedLock[] | null;
  #timer: NodeJS.Timeout | undefined;
  /** Since when it waits (ms of the monotonic clock), and for what. */
  #wait: (LockWait & { since: number }) | null = null;
  #what: string | null = null;
  #waited = 0;

  /** Looks from now on, until cargo works or the watch is stopped. @param cargo its process. */
  constructor(cargo: number, tell: (event: BuildEvent) => void, read = readBlocked) {
    this.#cargo = cargo;
    this.#tell = tell;
    this.#read = read;
    this.#schedule();
  }

  /** Something was heard of cargo. */
  note(event: BuildEvent): void {
    if (event.kind === 'blocked') {
      this.#what = event.on;
      this.#look(true);
      this.#schedule();
    } else if (event.kind === 'compiling' || event.kind === 'unit' || event.kind === 'count') this.stop();
  }

  /** It works, or has ended. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#end();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#look(false);
        this.#schedule();
      },
      this.#wait === null ? SELDOM_MS : OFTEN_MS,
    );
  }

  /** @param isTold cargo has just said that it waits. */
  #look(isTold: boolean): void {
    const all = this.#read();
    if (all === null) {
      if (isTold) this.#begin(null);
      return;
    }
    const mine = all.length === 0 ? [] : familyOf(this.#cargo);
    const blocked = all.find(({ waiter }) => mine.includes(waiter));
    if (blocked !== undefined) this.#begin(blocked.holder);
    // It says so before it does: the next look shows whether it really waits.
    else if (isTold) this.#begin(null);
    else this.#end();
  }

  #begin(pid: number | null): void {
    const before = this.#wait;
    const isSame = before !== null && before.what === this.#what && (before.holder?.pid ?? null) === pid;
    if (isSame) return;
    const holder: LockHolder | null = pid === null ? null : holderIn(ancestryOf(pid), process.pid);
    this.#wait = { what: this.#what, holder, since: before?.since ?? performance.now() };
    this.#tell({ kind: 'waiting', wait: wordsOf({ what: this.#what, holder }), waited: this.#waited });
  }

  #end(): void {
    if (this.#wait === null) return;
    this.#waited += performance.now() - this.#wait.since;
    this.#wait = null;
    this.#what = null;
    this.#tell({ kind: 'waiting', wait: null, waited: this.#waited });
  }
}
