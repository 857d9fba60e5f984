/** A build that edits what is watched sets off the next build, and so on for ever. What follows recognizes that: pure. */

/** Nobody saves a file twice within that time: it is one write that was seen in pieces. */
const ONE_WRITE_MS = 150;
/** No build writes anything sooner after it began: cargo has to start, and then what it runs. */
const FIRST_WRITE_MS = 50;
/** So long after a build, or the reload that followed it, a write is taken for its doing. */
const AFTER_MS = 2_000;
/** So many builds, one set off by the other, raise the suspicion; one more is the proof. */
const ROUNDS = 3;
/** How exactly a machine keeps its time: ms, or a part of the time itself. */
const JITTER_MS = 700;
const JITTER_PART = 0.35;
/** A write that late after a build is none of its own that was seen late. A program that waits for builds keeps its time better than a user. */
const LATE_MS = 400;
const LATE_JITTER_MS = 350;
const MOST_ROUNDS = 8;

interface Write {
  /** How often it was written in this round. */
  count: number;
  /** ms after the build began; ms after it was over, for one that came later. */
  sinceBegin: number;
  sinceEnd: number | null;
  /** Who may have written it. */
  suspects: readonly string[];
}

interface Round {
  began: number;
  ended: number | null;
  /** It was given up. */
  cancelled: boolean;
  byEdit: boolean;
  writes: Map<string, Write>;
}

export type LoopVerdict =
  /** An edit like any other: build. `files` are those that are not suspended. */
  | { kind: 'build'; files: string[] }
  /** Nothing but files that are suspended. */
  | { kind: 'suspended' }
  /** It looks like a loop: let a build that runs end, wait for `quiet` ms, then ask `proceed`. */
  | { kind: 'hold'; quiet: number }
  /** It is one. From now on these files are suspended. */
  | { kind: 'loop'; files: string[]; suspects: string[]; rounds: number };

type Stage =
  | { name: 'watching' }
  | { name: 'held' | 'proving'; files: string[]; quiet: number; rounds: Round[] };

/**
 * Tells a build's own writes from a user's saves. What a machine does, it does once in each build, always at about the same
 * time after the build began (or ended), and never while nothing is built. So: when three builds were each set off by
 * the same files, written once during or right after the build before, the next build is held back for a while. A user goes on
 * saving meanwhile, and it was no loop. If all is quiet, one more build is run: only if the files are written again, and
 * as long after its beginning as before, they are suspended. A user's saves would come earlier by the time it was held.
 */
export class FeedbackLoop {
  #rounds: Round[] = [];
  #stage: Stage = { name: 'watching' };
  readonly #suspended = new Set<string>();
  /** When each file was seen being written last. */
  readonly #seen = new Map<string, number>();

  get suspended(): string[] {
    return [...this.#suspended].sort();
  }

  /** A build begins. */
  began(at: number, byEdit: boolean): void {
    const last = this.#rounds.at(-1);
    // One that was given up before anything was written: the edit that began it was seen in pieces.
    if (last?.cancelled === true && last.writes.size === 0) this.#rounds.pop();
    if (!byEdit) this.#forget();
    this.#rounds.push({ began: at, ended: null, cancelled: false, byEdit, writes: new Map() });
    this.#rounds = this.#rounds.slice(-MOST_ROUNDS);
  }

  ended(at: number, cancelled: boolean): void {
    const last = this.#rounds.at(-1);
    if (last === undefined) return;
    last.ended ??= at;
    last.cancelled = cancelled;
  }

  /** Files were written. @param reloaded when the last reload ended; ms since the epoch, 0: never. */
  edited(
    all: readonly string[],
    { at, reloaded, suspects }: { at: number; reloaded: number; suspects: readonly string[] },
  ): LoopVerdict {
    const files = all.filter((file) => !this.#suspended.has(file));
    if (files.length === 0) return { kind: 'suspended' };
    const round = this.#rounds.at(-1);
    const stage = this.#stage;
    const pieces = files.filter((file) => isPiece(at, this.#seen.get(file) ?? 0, round?.began ?? at));
    for (const file of files) this.#seen.set(file, at);
    if (pieces.length === files.length) {
      return stage.name === 'held' ? { kind: 'hold', quiet: stage.quiet } : { kind: 'build', files };
    }
    const over = round?.ended == null ? null : Math.max(round.ended, reloaded > round.began ? reloaded : 0);
    const isOwn = round !== undefined && (over === null || at - over <= AFTER_MS);
    // What was written just before the end may be seen after it.
    const isQuiet = stage.name === 'held' && over !== null && at - over > JITTER_MS;
    if (round === undefined || !isOwn || isQuiet) return this.#plain(files);
    // More of what the round before wrote, while it is held already.
    if (stage.name === 'held' && files.every((file) => stage.files.includes(file)))
      return { kind: 'hold', quiet: stage.quiet };
    for (const file of files.filter((each) => !pieces.includes(each))) {
      const before = round.writes.get(file);
      const since = { sinceBegin: at - round.began, sinceEnd: over === null ? null : at - over };
      round.writes.set(file, { ...since, suspects, count: (before?.count ?? 0) + 1 });
    }
    if (files.some((file) => (round.writes.get(file)?.count ?? 0) > 1)) return this.#plain(files);
    if (stage.name === 'proving') return this.#prove(stage, round, files);
    if (stage.name === 'held') return this.#plain(files);
    return this.#suspect(files);
  }

  /** It was quiet: whether one more build is to be run now, as the proof. */
  proceed(): boolean {
    if (this.#stage.name !== 'held') return false;
    this.#stage = { ...this.#stage, name: 'proving' };
    return true;
  }

  /** Whether a build is held back. */
  get isHeld(): boolean {
    return this.#stage.name === 'held';
  }

  /** Builds for all files again, and begins to watch again. */
  resume(): void {
    this.#suspended.clear();
    this.#forget();
  }

  #forget(): void {
    this.#rounds = [];
    this.#stage = { name: 'watching' };
  }

  /** A user's edit: what came before it proves nothing. */
  #plain(files: string[]): LoopVerdict {
    this.#forget();
    return { kind: 'build', files };
  }

  #suspect(files: string[]): LoopVerdict {
    const streak = this.#streak(files).slice(-ROUNDS);
    if (streak.length < ROUNDS) return { kind: 'build', files };
    const reference = [...(streak.at(-2)?.writes.keys() ?? [])];
    const spread = jitterOf(streak, reference);
    if (!spread.fits) return { kind: 'build', files };
    const quiet = Math.max(1500, spread.allowed * 2);
    this.#stage = { name: 'held', files: reference, quiet, rounds: streak };
    return { kind: 'hold', quiet };
  }

  #prove(stage: Extract<Stage, { name: 'held' | 'proving' }>, round: Round, files: string[]): LoopVerdict {
    const isSame = files.every((file) => stage.files.includes(file));
    if (!isSame || !jitterOf([...stage.rounds, round], files).fits) return this.#plain(files);
    for (const file of stage.files) this.#suspended.add(file);
    const all = [...stage.rounds, round].map(({ writes }) => writes.get(files[0] ?? '')?.suspects ?? []);
    const [first = [], ...others] = all;
    const suspects = first.filter((name) => others.every((each) => each.includes(name)));
    this.#forget();
    return { kind: 'loop', files: stage.files, suspects, rounds: stage.rounds.length + 1 };
  }

  /** The latest rounds that were each set off by the same files, written once each, the latest one last. */
  #streak(files: readonly string[]): Round[] {
    const streak: Round[] = [];
    const before = this.#rounds.at(-2);
    for (const round of this.#rounds.toReversed()) {
      const { writes } = round;
      const isLast = streak.length === 0;
      const once = [...writes.values()].every(({ count }) => count === 1);
      const same = isLast
        ? [...writes.keys()].every((file) => before?.writes.has(file))
        : writes.size === before?.writes.size && [...writes.keys()].every((file) => before.writes.has(file));
      if (!once || !same || !files.every((file) => writes.has(file))) break;
      streak.unshift(round);
      // What set off this one was not written by a build.
      if (!round.byEdit) break;
    }
    return streak;
  }
}

/** Whether a write was seen before, at `seen`. A loop can be quick, so what this build itself wrote is another one. */
const isPiece = (at: number, seen: number, began: number): boolean =>
  at - seen <= ONE_WRITE_MS && !(seen <= began && at - began >= FIRST_WRITE_MS);

/** Whether some file was written at the same time of each round, counted from its beginning or from its end. */
function jitterOf(rounds: readonly Round[], files: readonly string[]): { fits: boolean; allowed: number } {
  let allowed = JITTER_MS;
  let fits = true;
  for (const file of files) {
    const writes = rounds.flatMap(({ writes }) => writes.get(file) ?? []);
    const begins = writes.map(({ sinceBegin }) => sinceBegin);
    const ends = writes.flatMap(({ sinceEnd }) => sinceEnd ?? []);
    const own = Math.max(JITTER_MS, JITTER_PART * Math.min(...begins));
    allowed = Math.max(allowed, own);
    const spread = (times: readonly number[]): number => Math.max(...times) - Math.min(...times);
    const afterEnd = ends.length === writes.length;
    if (afterEnd && Math.min(...ends) > LATE_MS) fits &&= spread(ends) <= LATE_JITTER_MS;
    else fits &&= spread(begins) <= own || (afterEnd && spread(ends) <= JITTER_MS);
  }
  return { fits, allowed };
}
