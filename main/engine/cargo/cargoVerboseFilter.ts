import { stripAnsi } from '#shared/ansi.ts';
import type { BuildEvent } from '../building/buildEvents.ts';
import { LineSplitter } from '../lineSplitter.ts';
import { readDirty } from './why/readDirty.ts';

const DIRTY = /^ *Dirty (\S+) v\S+(?: \(.*?\))?: (.+)$/;
const SCRIPT = /^ *Running `(?:.*[\\/])?build[\\/]([^\\/`]+?)(?:-[0-9a-f]{16})?[\\/]build-script-[^\\/`]*`$/;
/** Those that only a verbose cargo says. */
const CHATTER = /^ *(?:Dirty|Fresh|Running) /;
const QUOTED_COMMAND = /^ {2}process didn't exit successfully: `[^`]*rustc /;

/**
 * Reads cargo's standard error, of which it is told to say more than usual: why a package is rebuilt. What it says only
 * because of that is kept from the screen.
 */
export class CargoVerboseFilter {
  readonly #lines = new LineSplitter(1024 * 1024);
  readonly #isShown: boolean;
  readonly #onWord: (word: BuildEvent) => void;
  /** Lines that stay or go with the next one. */
  #held: string[] = [];

  /** @param isShown whether the user wants to see all of it. */
  constructor(isShown: boolean, onWord: (word: BuildEvent) => void) {
    this.#isShown = isShown;
    this.#onWord = onWord;
  }

  /** Takes a part of the output. @returns what is to be shown of it, and of what was held back. */
  push(chunk: string): string {
    return this.#take(this.#lines.push(chunk));
  }

  flush(): string {
    const shown = this.#take(this.#lines.flush()) + this.#held.join('');
    this.#held = [];
    return shown;
  }

  #take(lines: readonly string[]): string {
    return lines.map((line) => this.#line(line)).join('');
  }

  #line(line: string): string {
    const text = stripAnsi(line);
    const [, name, words] = DIRTY.exec(text) ?? [];
    if (name !== undefined && words !== undefined)
      this.#onWord({ kind: 'dirty', package: name, dirty: readDirty(words) });
    const [, script] = SCRIPT.exec(text) ?? [];
    if (script !== undefined) this.#onWord({ kind: 'script', package: script });
    const whole = `${line}\n`;
    if (this.#isShown) return whole;
    if (CHATTER.test(text)) return '';
    // "could not compile", an empty line, "Caused by:", and the whole command of the compiler.
    if (QUOTED_COMMAND.test(text) && this.#held.length > 0) {
      this.#held = [];
      return '';
    }
    if (text === '' || text === 'Caused by:') {
      this.#held.push(whole);
      return '';
    }
    const before = this.#held.join('');
    this.#held = [];
    return before + whole;
  }
}

/** Whether the user has asked for more of cargo's words, or for fewer: then all that comes is shown. */
export const isVerbosityChosen = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean =>
  args.some((each) => /^(-v+|--verbose|-q|--quiet)$/.test(each)) || env.CARGO_TERM_VERBOSE !== undefined;

/**
 * Variables that make cargo say why. As variables, because an option would contradict a `-q` among the user's arguments;
 * and both, because `quiet` in a configuration file would contradict the other.
 */
export const SAY_WHY = { CARGO_TERM_VERBOSE: 'true', CARGO_TERM_QUIET: 'false' } as const;
