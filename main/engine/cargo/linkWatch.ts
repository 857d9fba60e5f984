import { readFileSync } from 'node:fs';
import { keyOf, type LinkTimes } from '../building/buildEvents.ts';
import { childrenOf, listsChildren } from '../process/processTree.ts';
import { type LinkLook, LinkTally } from './linkTally.ts';

/** Between two looks, in ms: longer where they would take more than this share of the time, up to a limit. */
const EVERY_MS = 10;
const SHARE = 0.01;
const SELDOM_MS = 40;
/** After so many looks at the compilers it is looked for new ones: none of them links in its first moments. */
const LOOKS_EACH = 3;

/**
 * Sees how long the crates of a build are being linked: what runs below one of cargo's compilers is its linker. It looks
 * about every 10 ms, so that is how exact it is. Where the kernel does not list children (or there is no /proc), or the
 * compilers run elsewhere (under the server of a cache), nothing is seen, and that is what it says.
 */
export class LinkWatch {
  readonly #cargo: number;
  readonly #tally = new LinkTally();
  readonly #compilers = new Map<number, string>();
  #looks = 0;
  #last = performance.now();
  #seen = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param cargo its process. Looks from now on, until it is stopped. */
  constructor(cargo: number) {
    this.#cargo = cargo;
    if (listsChildren()) this.#timer = setTimeout(() => this.#next(), EVERY_MS);
  }

  /** Ends it. Null: no compiler was ever seen. */
  stop(): LinkTimes | null {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#seen ? this.#tally.times : null;
  }

  #next(): void {
    const from = performance.now();
    this.#tally.add(this.#look(), from - this.#last);
    this.#last = from;
    const spent = performance.now() - from;
    this.#timer = setTimeout(
      () => this.#next(),
      Math.min(SELDOM_MS, Math.max(EVERY_MS - spent, spent / SHARE)),
    );
  }

  #look(): LinkLook {
    const look = new Map<string, boolean>();
    const isForNew = this.#looks % LOOKS_EACH === 0;
    this.#looks += 1;
    const running = isForNew ? childrenOf(this.#cargo) : [...this.#compilers.keys()];
    for (const pid of running) this.#lookAt(pid, look, 0);
    for (const pid of this.#compilers.keys()) if (!running.includes(pid)) this.#compilers.delete(pid);
    if (look.size > 0) this.#seen = true;
    return look;
  }

  /** A compiler may stand behind others: wrappers, which have its arguments too. */
  #lookAt(pid: number, look: Map<string, boolean>, depth: number): void {
    // Below a compiler it is read again each time: a linker bears the compiler's arguments until it is loaded.
    const crate = (depth === 0 ? this.#compilers.get(pid) : undefined) ?? crateCompiledBy(pid);
    if (crate === null) return;
    if (depth === 0) this.#compilers.set(pid, crate);
    const children = childrenOf(pid);
    const isWrapper = depth < 3 && children.some((child) => crateCompiledBy(child) === crate);
    if (isWrapper) for (const child of children) this.#lookAt(child, look, depth + 1);
    else look.set(crate, children.length > 0 || look.get(crate) === true);
  }
}

/** The package that a process compiles, as cargo tells it; null: it is no compiler. */
function crateCompiledBy(pid: number): string | null {
  if (!wordsOf(pid, 'cmdline').includes('--crate-name')) return null;
  const words = wordsOf(pid, 'environ');
  const variable = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const [name, version] = [variable('CARGO_PKG_NAME'), variable('CARGO_PKG_VERSION')];
  return name === undefined || version === undefined ? null : keyOf({ name, version });
}

function wordsOf(pid: number, file: 'cmdline' | 'environ'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    // It has ended meanwhile: then it compiles nothing.
    return [];
  }
}
