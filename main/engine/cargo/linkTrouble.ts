import { stripAnsi } from '#shared/ansi.ts';
import type { LinkTrouble } from '../building/linkTrouble.ts';

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
/** Somebody ended the link: hangup, Ctrl+C, kill. */
const STOPPED =
  /terminated with signal (?:1|2|15)\b|unable to execute command: (?:Hangup|Interrupt|Terminated)|signal: \d+ \(SIG(?:HUP|INT|TERM)\)/;
const NO_MEMORY = /memory exhausted|out of memory|Cannot allocate memory/i;
const KILLED = /terminated with signal 9\b|unable to execute command: Killed|SIGKILL/;
const NAME_REFUSED = /unrecognized command[- ]line option ['‘"]?-fuse-ld/;
const DRIVER_NOT_FOUND = /linker `(?<driver>[^`]*)` not found/;
const DRIVER_REFUSED = /could not exec the linker `(?<driver>[^`]*)`(?:[\s\S]*?= note: (?<reason>.+))?/;
const LESS_MEMORY =
  'Free some memory, or have the build need less: fewer jobs (--jobs 1), less debug information (debug = "line-tables-only" in [profile.dev]).';

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
  const missing = DRIVER_NOT_FOUND.exec(text)?.groups;
  if (missing !== undefined) return withoutDriver(missing.driver ?? 'cc');
  const refused = DRIVER_REFUSED.exec(text)?.groups;
  if (refused !== undefined) return withRefusedDriver(refused.driver ?? 'cc', refused.reason?.trim() ?? null);
  const linker = askedFor(text);
  const named = linker === null ? 'The linker' : `The linker ${linker}`;
  const said = spoken(text);
  const another = (
    kind: LinkTrouble['kind'],
    message: string,
    remedy: string | null = null,
  ): LinkTrouble => ({
    kind,
    linker,
    message,
    another: true,
    remedy,
  });
  const start = NOT_STARTED.exec(said)?.groups;
  if (start !== undefined && /Permission denied/.test(start.reason ?? '')) {
    return another('linker-missing', `${named} can't be run: permission denied.`);
  }
  if (start !== undefined || NAME_UNKNOWN.test(said)) {
    return another('linker-missing', `${named} is not installed, or the compiler driver doesn't know it.`);
  }
  if (NAME_REFUSED.test(said)) return withRefusedName(linker ?? 'that');
  if (STOPPED.test(said)) return null;
  if (NO_MEMORY.test(said)) return another('out-of-memory', `${named} ran out of memory.`, LESS_MEMORY);
  if (KILLED.test(said)) {
    const message = 'The link was killed (signal 9), probably because memory ran out.';
    return another('out-of-memory', message, LESS_MEMORY);
  }
  const crash = CRASHED.exec(said)?.groups;
  if (crash !== undefined) {
    const how = crash.name ?? (crash.number === undefined ? null : `signal ${crash.number}`);
    return another('crashed', `${named} crashed${how === null ? '' : ` (${how})`}.`);
  }
  if (PROGRAMS_FAULT.some((fault) => fault.test(said))) return null;
  const line = OWN_WORDS.exec(said)?.groups?.said ?? null;
  if (UNKNOWN_OPTION.test(said)) {
    const option = line ?? 'the Build tab shows which';
    return another('unknown-option', `${named} doesn't know an option it was given: ${option}.`);
  }
  return line === null ? null : another('linker-error', `${named} failed: ${line}.`);
}

/** A driver without a folder, of those that a C compiler's package brings. */
const C_COMPILER = /^(?:cc|gcc|clang)(?:-\d+)?$/;

const withoutDriver = (driver: string): LinkTrouble => ({
  kind: 'driver-missing',
  linker: null,
  message: `rustc needs \`${driver}\` to link, but it was not found.`,
  another: false,
  remedy: C_COMPILER.test(driver)
    ? 'Install a C compiler (gcc or clang) with its tools, and build again.'
    : `Install ${driver}, or correct the setting that names it: linker in .cargo/config.toml, or -Clinker in the flags.`,
});

const withRefusedDriver = (driver: string, reason: string | null): LinkTrouble => ({
  kind: 'driver-refused',
  linker: null,
  message: `rustc needs \`${driver}\` to link, but could not run it${reason === null ? '' : `: ${reason}`}.`,
  another: false,
  remedy: /Permission denied/.test(reason ?? '')
    ? 'Make it executable for yourself, or name another: linker in .cargo/config.toml, or -Clinker in the flags.'
    : 'The Build tab shows the whole error.',
});

/** gcc refuses a name that it has never heard of even where another one follows, so nothing can be added to mend it. */
const withRefusedName = (linker: string): LinkTrouble => ({
  kind: 'linker-missing',
  linker,
  message: `The compiler driver doesn't know the linker ${linker}, which the flags of this build ask for.`,
  another: false,
  remedy: `Remove -fuse-ld=${linker} from the flags: in RUSTFLAGS, in .cargo/config.toml, or in a profile of Cargo.toml. A newer gcc, or clang, may know it.`,
});

/** gcc says `ld` for whichever linker it did not find. */
const LINKER = /['‘"]?(?:ld(?:\.(?:bfd|gold|lld|mold))?|collect2)['’"]?(?![\w/-]|\.\w)/;
const NOT_STARTED = new RegExp(
  `(?:collect2: (?:fatal error: |error: )?cannot find|cannot exec(?:ute)?) ${LINKER.source}(?<reason>.*)`,
);
const NAME_UNKNOWN = /invalid linker name in (?:argument )?['‘"]?-?-?fuse-ld/;

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
