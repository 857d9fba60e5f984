import type { NoticeKind, Plan } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import type { Unnumbered } from '../notices/notices.ts';

/** How long a server that reloads by itself may take: hot-lib-reloader waits 500 ms for the writing to end, others look every second or two. */
const LATE_MS = 5_000;

interface Options {
  notices: { add(notice: Unnumbered): void; clear(...kinds: NoticeKind[]): void };
  label(name: string): string;
}

/** Knows what a server that reloads by itself has not taken yet: what it may still take, and what is late. */
export class SelfReload {
  readonly #options: Options;
  /** Since when the file of each such module is new; ms since the epoch. */
  readonly #since = new Map<string, number>();
  #told = '';

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Takes in how things are. @param plan null where there is no such server to watch.
   * @param now ms since the epoch. @returns whether it may reload at any moment.
   */
  note(plan: Plan | null, now: number): boolean {
    const stale = new Set(
      plan === null
        ? []
        : [...plan.load.filter((name) => !plan.unchanged.includes(name)), ...plan.leftBehind],
    );
    for (const name of this.#since.keys()) if (!stale.has(name)) this.#since.delete(name);
    for (const name of stale) if (!this.#since.has(name)) this.#since.set(name, now);
    const late = [...this.#since].filter(([, since]) => now - since > LATE_MS);
    this.#tell(late, now);
    return this.#since.size > late.length;
  }

  #tell(late: readonly (readonly [string, number])[], now: number): void {
    const names = late.map(([name]) => name).sort();
    if (names.join() === this.#told) return;
    this.#told = names.join();
    if (names.length === 0) this.#options.notices.clear('late-reload');
    else {
      this.#options.notices.add(
        noticeOfLate(names.map(this.#options.label), Math.min(...late.map(([, since]) => since)), now),
      );
    }
  }
}

/** @param since when the first of them became new; ms since the epoch. */
function noticeOfLate(labels: readonly string[], since: number, now: number): Unnumbered {
  const one = labels.length === 1;
  return {
    kind: 'late-reload',
    severity: 'warning',
    message: `${labels.join(', ')} on disk ${one ? 'is' : 'are'} new since ${clock(since, now)}, and the server still runs the old code.`,
    remedy:
      'A server that reloads by itself may wait until it uses the library again; if nothing happens then either, restart it.',
    actions: ['restart'],
    modules: [],
  };
}
