import { stripAnsi } from '#shared/ansi.ts';

/** Why a link failed, where that is the linker's doing and not the program's. */
export interface LinkTrouble {
  kind: 'linker-missing' | 'driver-missing' | 'unknown-option' | 'crashed' | 'out-of-memory' | 'linker-error';
  /** The linker that was asked for, by its short name; null where none was named. */
  linker: string | null;
  /** A sentence for the user. */
  message: string;
  /** May another linker do better? */
  another: boolean;
  /** What to do where none will. */
  remedy: string;
}

/** rustc's own words around every failed link; cc, gcc and clang all come through them. */
const LINK_FAILED = /linking with `[^`]*` failed|linker `[^`]*` not found|could not exec the linker/;
/** Something that the program lacks: it would be lacking with any linker. */
const PROGRAMS_FAULT = [
  /undefined reference to/,
  /undefined (?:hidden |protected |internal )?symbol/,
  /unable to find library -l/,
  /cannot find -l/,
  /library not found(?: for -l|:)/,
  /duplicate symbol|multiple definition of/,
  /recompile with -f(?:PIC|pic|PIE|pie)/,
  /No space left on device/,
  /cannot open (?:output file|crt\w*\.o)/,
];

/** Where a line of the linker's own begins with its name; `rust-lld` and `/usr/bin/ld.gold` among others. */
const OWN_WORDS =
  /^\W*(?:note: )?(?:\/\S*\/)?(?<name>(?:rust-lld|ld(?:\.\w+)?|mold|lld)): (?!warning)(?<said>.+)$/m;
const UNKNOWN_OPTION =
  /(?:unrecognized option|unknown argument|unknown option|unknown -z option|unknown command line option|unknown -z value|unrecognized -\w option)/i;
const CRASHED =
  /terminated with signal (?<number>\d+)(?: \[(?<name>[^\]]+)\])?|internal error in|Assertion .+ failed|Segmentation fault|linker command failed due to signal|PLEASE submit a bug report/i;
const NO_MEMORY = /memory exhausted|out of memory|Cannot allocate memory|signal 9\b|SIGKILL/i;
const NAME_REFUSED = /unrecognized command[- ]line option ['‘"]?-fuse-ld/;
const INSTALL = 'Install mold, lld or the binutils, and build again.';
const DRIVER = /linker `(?<driver>[^`]*)` not found|could not exec the linker `?(?<other>[^`\s:]*)/;

/**
 * Reads why a link failed out of what the compiler said.
 * @param words what rustc rendered of its errors, colors and all.
 * @returns null where no link failed, or where no other linker would do better: a library or a symbol is missing.
 */
export function linkTroubleOf(words: readonly string[]): LinkTrouble | null {
  for (const text of words.map(stripAnsi)) {
    const trouble = LINK_FAILED.test(text) ? troubleIn(text) : null;
    if (trouble !== null) return trouble;
  }
  return null;
}

function troubleIn(text: string): LinkTrouble | null {
  const driver = DRIVER.exec(text)?.groups;
  if (driver !== undefined) return withoutDriver(driver.driver ?? driver.other ?? 'cc');
  const linker = askedFor(text);
  const named = linker === null ? 'The linker' : `The linker ${linker}`;
  if (isMissing(text)) {
    const message = `${named} that this workspace is linked with is not installed, or the compiler does not know it.`;
    return { kind: 'linker-missing', linker, message, another: true, remedy: INSTALL };
  }
  if (NAME_REFUSED.test(text)) return withRefusedName(linker ?? 'that');
  const said = spoken(text);
  if (NO_MEMORY.test(said)) {
    return {
      kind: 'out-of-memory',
      linker,
      message: `${named} ran out of memory.`,
      another: true,
      remedy: INSTALL,
    };
  }
  const crash = CRASHED.exec(said)?.groups;
  if (crash !== undefined) {
    const how = crash.name ?? (crash.number === undefined ? null : `signal ${crash.number}`);
    const message = `${named} crashed${how === null ? '' : ` (${how})`}.`;
    return { kind: 'crashed', linker, message, another: true, remedy: INSTALL };
  }
  if (PROGRAMS_FAULT.some((fault) => fault.test(said))) return null;
  const line = OWN_WORDS.exec(said)?.groups?.said ?? null;
  if (UNKNOWN_OPTION.test(said)) {
    const message = `${named} does not know an option that it is given: ${line ?? 'the Build tab says which'}.`;
    return { kind: 'unknown-option', linker, message, another: true, remedy: INSTALL };
  }
  if (line === null) return null;
  return {
    kind: 'linker-error',
    linker,
    message: `${named} failed: ${line}.`,
    another: true,
    remedy: INSTALL,
  };
}

const withoutDriver = (driver: string): LinkTrouble => ({
  kind: 'driver-missing',
  linker: null,
  message: `\`${driver}\` is not installed: rustc links by it.`,
  another: false,
  remedy: 'Install a C compiler (gcc or clang) with its tools, and build again.',
});

/** gcc refuses a name that it has never heard of even where another one follows, so nothing can be added to mend it. */
const withRefusedName = (linker: string): LinkTrouble => ({
  kind: 'linker-missing',
  linker,
  message: `The compiler driver does not know the linker ${linker}, which this workspace’s flags ask for.`,
  another: false,
  remedy: `Take -fuse-ld=${linker} out of the flags (.cargo/config.toml or RUSTFLAGS); a newer gcc, or clang, may know it.`,
});

/** gcc says `ld` for whichever linker it did not find. */
const isMissing = (text: string): boolean =>
  /cannot find ['‘"]?ld(?:\.\w+)?['’"]?/.test(text) ||
  /invalid linker name in (?:argument )?['‘"]?-?-?fuse-ld/.test(text) ||
  /cannot exec(?:ute)? ['‘"]?(?:ld|collect2)/.test(text);

/** The linker of the last `-fuse-ld=` in the command that rustc prints; the last one counts. */
function askedFor(text: string): string | null {
  const inCommand = [...text.matchAll(/"-fuse-ld=(?<name>[^"]+)"/g)].at(-1)?.groups?.name;
  const name = inCommand ?? /-fuse-ld=(?<name>[^\s'"’;]+)/.exec(text)?.groups?.name;
  if (name !== undefined) return shortName(name);
  const own = OWN_WORDS.exec(spoken(text))?.groups?.name;
  return own === undefined ? null : shortName(own);
}

const shortName = (name: string): string => {
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (last === 'rust-lld') return 'lld';
  return last === 'ld' ? 'bfd' : last.replace(/^ld\./, '');
};

/** All but the command itself: that holds the names of the program's own files. */
const spoken = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\s*= note:\s+(?:[A-Z_]+="[^"]*" )*"/.test(line))
    .join('\n');
