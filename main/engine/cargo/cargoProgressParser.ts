import { stripAnsi } from '#shared/ansi.ts';
import type { BuildEvent } from '../building/buildEvents.ts';
import { LONGEST_LINE } from '../lineSplitter.ts';

/**
 * Has cargo draw its progress though it does not write to a terminal: that is how it tells how many units there are. It
 * begins to after half a second, and draws ten times a second.
 */
export const PROGRESS = {
  CARGO_TERM_PROGRESS_WHEN: 'always',
  // Room for the names of what it is on.
  CARGO_TERM_PROGRESS_WIDTH: '240',
  CARGO_TERM_PROGRESS_TERM_INTEGRATION: 'false',
} as const;

/** Reads what cargo and the compilers write to stderr, and takes out the progress that cargo draws. */
export class CargoProgressParser {
  #rest = '';

  /** @returns whole lines, for people to read, and what they tell. */
  push(chunk: string): { text: string; events: BuildEvent[] } {
    const text: string[] = [];
    const events: BuildEvent[] = [];
    this.#rest += chunk;
    // A carriage return at the end may be the half of a line end.
    for (let end = endOf(this.#rest); end > 0; end = endOf(this.#rest)) {
      const line = withoutErasing(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end);
      // What ends with a carriage return alone is about to be written over.
      const event = line.endsWith('\n') ? eventOf(line) : progressOf(line);
      if (event !== null) events.push(event);
      if (line.endsWith('\n')) text.push(line);
    }
    if (this.#rest.length > LONGEST_LINE) text.push(this.flush());
    return { text: text.join(''), events };
  }

  /** What came after the last line end. */
  flush(): string {
    const rest = withoutErasing(this.#rest);
    this.#rest = '';
    return rest.replace(/\r$/, '');
  }
}

const endOf = (text: string): number => 1 + text.search(/\n|\r(?![\n]|$)/);
const withoutErasing = (line: string): string => line.replace(/^(?:\x1b\[K)+/, '');

function eventOf(line: string): BuildEvent | null {
  const plain = stripAnsi(line).trimEnd();
  const [, name, version] = /^\s*(?:Compiling|Checking) (\S+) v(\S+)/.exec(plain) ?? [];
  if (name !== undefined && version !== undefined) return { kind: 'compiling', crate: { name, version } };
  const [, lock] = /^\s*Blocking waiting for file lock on (.+)$/.exec(plain) ?? [];
  if (lock !== undefined) return { kind: 'blocked', on: lock };
  // The columns of `-Ztime-passes`: `time:   0.285; rss:  114MB ->  114MB (   +0MB)⇥run_linker`.
  const [, seconds, pass] = /^time:\s*(\d+\.\d+);.*\t(\S+)$/.exec(plain) ?? [];
  return pass === undefined ? null : { kind: 'pass', pass, ms: Number(seconds) * 1000 };
}

/** `Building [====>    ] 3/7: depot_api, depot(bin)` */
function progressOf(line: string): BuildEvent | null {
  const [, of, names] = /^\s*Building \[.*?\] \d+\/(\d+)(?:: (.*))?$/.exec(stripAnsi(line).trimEnd()) ?? [];
  if (of === undefined) return null;
  const crates = (names ?? '').split(', ').flatMap((name) => /^[\w-]+/.exec(name)?.[0] ?? []);
  return { kind: 'count', of: Number(of), crates: [...new Set(crates)] };
}
