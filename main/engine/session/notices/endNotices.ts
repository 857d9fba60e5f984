import type { GraphNode, LastReload } from '#shared/contract.ts';
import { duration } from '#shared/duration.ts';
import { readable } from '../../elf/rustNames.ts';
import { isAbsent, type LibrarySearch, whyMissing } from '../../explain/missingLibrary.ts';
import { panicked, panicLines, panicStory } from '../../explain/panic.ts';
import type { LogFact } from '../../families/logEvent.ts';
import { rawFactOf } from '../../logs/events/rawFacts.ts';
import { crateOf } from '../../process/logInferredImages.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import type { Unnumbered } from './notices.ts';

/** What is known when a server has ended. */
export interface AtEnd {
  end: ServerEnd;
  /** When it was started; ms since the epoch. */
  since: number;
  lastReload: LastReload | null;
  nodes: readonly GraphNode[];
  /** Whether the file of a node on disk is another one than the server had mapped. */
  isStale(name: string): boolean;
  /** The library without which it did not start, and where that is; null where it lacked none. */
  library: LibrarySearch | null;
  /** Labels of modules whose files were written to while the server had them mapped. */
  overwritten?: readonly string[];
}

type LinkerDeath = LogFact & { kind: 'linker-death' };

const ADDRESS_IN_USE = /address already in use|EADDRINUSE|os error 98/i;

const BASE = { severity: 'error', actions: ['start'], modules: [] } satisfies Partial<Unnumbered>;
const FROM_DISK = 'Start the server: it then takes everything from the disk.';

/** What to tell about a server that ended without being asked to. Null where there is nothing to tell. */
export function noticeOfEnd(known: AtEnd): Unnumbered | null {
  const { end } = known;
  if (!end.crashed) return null;
  const how = end.signal === null ? `exit code ${end.code}` : end.signal;
  const text = end.tail.join('\n');
  // A program that a signal ended came further than that.
  if (end.signal === null && ADDRESS_IN_USE.test(text)) {
    return {
      ...BASE,
      kind: 'port-in-use',
      message: `The server could not listen: its address is already in use (${how}).`,
      remedy:
        'If another program listens there, often an older run of the same server, end it. If the address is a Unix socket that an earlier run left behind, remove that file. Then start again.',
    };
  }
  if (known.library !== null) return noticeOfLibrary(known.library, how);
  const death = linkerDeathIn(end.tail);
  if (death !== null && death.symbol !== null) return noticeOfSymbol(known, death, death.symbol, how);
  const story = panicStory(end.recent, end);
  const reason = story?.cause == null ? '' : `: ${panicked(story.cause)}`;
  const overwritten = reason === '' ? overwriting(known) : '';
  const last = [...(reason === '' ? lastWords(end.tail) : []), ...(story === null ? [] : panicLines(story))];
  return {
    ...BASE,
    kind: end.atStart ? 'died-at-start' : 'crashed',
    message: `The server ${end.atStart ? 'ended while it was starting' : 'crashed'} (${how})${reason}.${overwritten}${last.length === 0 ? '' : `\n${last.join('\n')}`}`,
    remedy: remedyOfCrash(end),
  };
}

/** What a process dies of whose code was replaced under its feet. */
const BY_BROKEN_CODE: ReadonlySet<string> = new Set([
  'SIGSEGV',
  'SIGBUS',
  'SIGILL',
  'SIGABRT',
  'SIGTRAP',
  'SIGFPE',
]);

function overwriting({ end: { signal }, overwritten = [] }: AtEnd): string {
  if (overwritten.length === 0 || signal === null || !BY_BROKEN_CODE.has(signal)) return '';
  return ` Probably because the library file of ${overwritten.join(', ')} was written to while the server had it mapped: replace a library by renaming a new file over it.`;
}

/** Why the program was not even started, and what helps against just that. */
function noticeOfLibrary(library: LibrarySearch, how: string): Unnumbered {
  const { reason, remedy, isBuilt } = whyMissing(library);
  const { name, complaint, neededBy } = library;
  const who = neededBy === null ? '' : `, which ${neededBy} needs`;
  const what = isAbsent(complaint) ? `did not find ${name}${who}` : `can't load ${name}${who}: ${complaint}`;
  return {
    ...BASE,
    kind: 'missing-library',
    message: `The server was not started: the linker ${what} (${how}).${reason === '' ? '' : ` ${reason}`}`,
    remedy,
    actions: isBuilt ? ['build', 'start'] : ['start'],
    // Once its file is there, there is nothing to tell.
    modules: library.maker?.isThere === false ? [library.maker.package] : [],
  };
}

const ERROR = /\bERROR\b|\berror(?:\[|:)|undefined symbol/i;
/** A backtrace, and the head of a panic, which is told in a sentence of its own. */
const NO_WORDS = /^\s+(?:\d+: |at \/)|^stack backtrace:$|^note: |^thread '.*' .*panicked at /;

/** The lines that tell most: those that speak of an error, or else the last ones. */
function lastWords(tail: readonly string[]): string[] {
  const lines = tail.filter((line) => line.trim() !== '' && !NO_WORDS.test(line));
  const errors = lines.filter((line) => ERROR.test(line));
  return (errors.length > 0 ? errors : lines).slice(-3);
}

/** Reloads that new code may have come in by. */
const WENT: ReadonlySet<LastReload['verdict']> = new Set(['swapped', 'partial', 'unproven'] as const);

/** A symbol that nobody had: soon after a reload that looked well, or at any other time. */
function noticeOfSymbol(
  { end: { at }, since, lastReload, nodes, isStale }: AtEnd,
  { library, text }: LinkerDeath,
  symbol: string,
  how: string,
): Unnumbered {
  const name = readable(symbol);
  if (
    lastReload === null ||
    !WENT.has(lastReload.verdict) ||
    lastReload.startedAt < since ||
    !/symbol lookup error/.test(text)
  ) {
    const base = {
      ...BASE,
      kind: 'undefined-symbol',
      message: `The server died of an undefined symbol: ${name} (${how}).`,
    } satisfies Partial<Unnumbered>;
    // Without a reload all of it came from the disk, and would again.
    return lastReload === null || lastReload.startedAt < since
      ? {
          ...base,
          remedy:
            'What is on disk does not go together: probably some of it is of an older build. Build, then start the server.',
          actions: ['build', 'start'],
        }
      : { ...base, remedy: `Probably new modules met an older pinned library. ${FROM_DISK}` };
  }
  const { number, startedAt, took, verdict } = lastReload;
  const after = duration(at - startedAt - (took ?? 0));
  const well =
    verdict === 'swapped'
      ? ', which had swapped all that it should'
      : verdict === 'partial'
        ? ', which had brought in new modules'
        : '';
  const user = library === null ? 'a module' : crateOf(library);
  const owner = nodes.find(
    (node) => node.role === 'pinned' && node.name.replaceAll('-', '_') === name.split('::')[0],
  );
  const why =
    owner !== undefined && isStale(owner.name)
      ? `the new ${user} was built against the ${owner.label} on disk, and the server still runs the one before`
      : `probably ${user} was built against another version of a pinned library than the one that runs`;
  return {
    ...BASE,
    kind: 'late-undefined-symbol',
    message: `The server died ${after} after reload ${number}${well}: ${user} called ${name}, which nothing in the process has (${how}).\nModules look functions up at the first call, so a reload can't show it: ${why}.`,
    remedy: FROM_DISK,
  };
}

function linkerDeathIn(lines: readonly string[]): LinkerDeath | null {
  for (const line of lines.toReversed()) {
    const fact = rawFactOf(line);
    if (fact?.kind === 'linker-death') return fact;
  }
  return null;
}

function remedyOfCrash({ core }: ServerEnd): string {
  const lines = 'Its last lines are in the Server tab.';
  if (core.file !== null) return `${lines} Core file: ${core.file}`;
  return core.command === null ? lines : `${lines} If a core was kept, \`${core.command}\` shows it.`;
}
