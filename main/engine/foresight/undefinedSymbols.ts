import { list } from '#shared/list.ts';
import { queryOf } from '../elf/gnuHash.ts';
import { byName, lastPart, neededBy } from '../elf/linkage.ts';
import { isRustName, readable } from '../elf/rustNames.ts';
import type { UndefinedSymbol } from '../elf/symbols.ts';
import type { BinaryFile, LoadingFile, StayingFile } from './binaryFile.ts';
import { type Finding, MOST_DETAILS } from './finding.ts';
import { inOne, type Steps } from './steps.ts';

export interface Lookup {
  loading: readonly LoadingFile[];
  /** All that is mapped besides; a file that is left out counts only where something needs it by name. */
  staying: readonly StayingFile[];
  /** What comes along with them. */
  coming?: readonly BinaryFile[];
  /** The images that `loading` replaces. */
  unloading?: readonly BinaryFile[];
  /** Names of files that are told about already: that they could not be read is no news. */
  told?: ReadonlySet<string>;
}

/** Symbols looked up before others have a turn: about a ms. */
const STEP = 200;

/**
 * Symbols that a library to be loaded must find and nobody will have: neither what it needs nor what everybody
 * finds. Blocking only where every file that could have them was read; else it says that nobody can tell. It is a
 * warning for a library that perhaps nobody opens; and where a symbol is looked up at its first use only, and is not
 * there for the library that runs now either: the server has lived with it.
 */
export const undefinedSymbols = (lookup: Lookup): Finding[] => inOne(undefinedSymbolsInSteps(lookup));

export function* undefinedSymbolsInSteps(lookup: Lookup): Steps<Finding[]> {
  const { loading, staying, coming = [], unloading = [], told = new Set() } = lookup;
  const after = worldOf([...loading, ...staying, ...coming]);
  const before = worldOf([...unloading, ...staying]);
  const findings: Finding[] = [];
  for (const file of loading) {
    yield;
    if (file.symbols === null) {
      findings.push(...unknownFinding(file, [], file.names.slice(0, 1), told));
      continue;
    }
    const open = yield* openSymbols(file, after);
    // A version is wanted of one library, which was read then; without a version it could be any.
    const couldBeUnread = (symbol: UndefinedSymbol): boolean =>
      symbol.file === null && (isRustName(symbol.name) ? after.unreadRust : after.unread).size > 0;
    const absent = open.filter((symbol) => !couldBeUnread(symbol));
    if (absent.length > 0) {
      const old = file.bindNow ? [] : unloading.filter((each) => each.module === file.module);
      const known = new Set<string>();
      for (const image of old) for (const { name } of yield* openSymbols(image, before)) known.add(name);
      const news = absent.filter((symbol) => !known.has(symbol.name));
      findings.push(absentFinding(file, news.length > 0 ? news : absent, staying, news.length > 0));
    } else if (open.length > 0) {
      const unread = open.every((symbol) => isRustName(symbol.name)) ? after.unreadRust : after.unread;
      findings.push(...unknownFinding(file, open, [...unread], told));
    }
  }
  return findings;
}

/** Files that are mapped together, and what is not known of them. */
interface World {
  files: readonly BinaryFile[];
  known: ReadonlyMap<string, BinaryFile>;
  /** Names of the files whose symbols are not known, though they are or will be mapped. */
  unread: ReadonlySet<string>;
  /** Those among them that could have Rust's symbols. */
  unreadRust: ReadonlySet<string>;
}

function worldOf(files: readonly BinaryFile[]): World {
  const known = byName<BinaryFile>(files);
  const unread = new Set(
    files.flatMap((file) => [
      ...file.needed.map(lastPart).filter((name) => !known.has(name)),
      ...(file.symbols === null ? file.names : []),
    ]),
  );
  // Rust's own symbols have no versions, so a library that versions are wanted from has none of them.
  const versioned = new Set(files.flatMap(({ symbols }) => [...(symbols?.versionsFrom ?? [])].map(lastPart)));
  return { files, known, unread, unreadRust: new Set([...unread].filter((name) => !versioned.has(name))) };
}

/** The symbols that a file wants and that none of those has that were read. */
function* openSymbols(file: BinaryFile, { files, known, unread }: World): Steps<UndefinedSymbol[]> {
  const needed = neededBy(file, known);
  const others = files.filter((each) => each === file || (each.isGlobal && !needed.has(each)));
  // Nearly all is found in what it needs.
  const order = [...needed, ...others];
  const open: UndefinedSymbol[] = [];
  let count = 0;
  for (const symbol of file.symbols?.undefined ?? []) {
    if (symbol.weak) continue;
    count += 1;
    if (count % STEP === 0) yield;
    const { name, version } = symbol;
    const query = queryOf(name);
    // One without versions serves those that want one, and who wants none is served by any.
    const isOffered = order.some((each) =>
      each.symbols
        ?.versionsOf(query)
        .some((offered) => version === null || offered === null || offered === version),
    );
    if (!isOffered && !(symbol.file !== null && unread.has(lastPart(symbol.file)))) open.push(symbol);
  }
  return open;
}

function absentFinding(
  file: LoadingFile,
  absent: readonly UndefinedSymbol[],
  staying: readonly StayingFile[],
  isNew: boolean,
): Finding {
  const queries = absent.map((symbol) => queryOf(symbol.name));
  const owners = staying
    .filter(({ replacedBy }) => queries.some((query) => replacedBy?.symbols?.versionsOf(query).length))
    .map((each) => each.label);
  const details = detailsOf(absent);
  const more = absent.length > 1 ? ` and ${absent.length - 1} more` : '';
  const end = !isNew
    ? 'So it is now: the server dies when it uses that.'
    : file.bindNow
      ? 'Loading it would fail.'
      : 'Loading it would fail, or the server would die at the first use.';
  const where =
    owners.length === 0
      ? ''
      : ` The new ${list(owners)} on disk would do, but what the server has is the old one.`;
  return {
    kind: 'undefined-symbol',
    severity: isNew && !file.isPresumed ? 'blocking' : 'warning',
    module: file.module,
    message: `${file.label} needs ${details[0]}${more}, which nothing in the server will have. ${end}${where}`,
    remedy: owners.length > 0 ? 'restart' : 'rebuild',
    details,
  };
}

function unknownFinding(
  file: BinaryFile,
  unknown: readonly UndefinedSymbol[],
  unread: readonly string[],
  told: ReadonlySet<string>,
): Finding[] {
  const news = unread.filter((name) => !told.has(name));
  if (news.length === 0) return [];
  return [
    {
      kind: 'undefined-symbol',
      severity: 'info',
      module: file.module,
      message: `Whether ${file.label} will find every symbol that it needs is unknown: ${list(news)} could not be read.`,
      remedy: null,
      details: detailsOf(unknown),
    },
  ];
}

/** In words, each once; those of Rust's own crates, which say little, after the others. */
function detailsOf(symbols: readonly UndefinedSymbol[]): string[] {
  const words = [...new Set(symbols.map(worded))];
  const isCommon = (word: string) => /^(?:<|core::|alloc::|std::|__rustc::)/.test(word);
  const sorted = [...words.filter((word) => !isCommon(word)), ...words.filter(isCommon)];
  return sorted.slice(0, MOST_DETAILS);
}

const worded = ({ name, version }: UndefinedSymbol): string =>
  version === null ? readable(name) : `${readable(name)}@${version}`;
