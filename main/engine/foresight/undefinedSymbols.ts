import type { UndefinedSymbol } from '../elf/symbols.ts';
import { type BinaryFile, byName, lastPart, neededBy, type StayingFile } from './files.ts';
import { type Finding, listed, MOST_DETAILS } from './finding.ts';
import { isRustName, readable } from './rustNames.ts';

interface Offer {
  file: BinaryFile;
  version: string | null;
}

/**
 * Symbols that a library to be loaded must find and nobody will have: neither what it needs nor what everybody
 * finds. Blocking only where every file that could have them was read; else it says that nobody can tell.
 * @param staying all that is mapped besides; a file that is left out counts only where something needs it by name.
 */
export function undefinedSymbols(loading: readonly BinaryFile[], staying: readonly StayingFile[]): Finding[] {
  const files = [...loading, ...staying];
  const known = byName<BinaryFile>(files);
  const unread = unreadNames(files, known);
  const versioned = wantedVersions(files);
  const offers = collectOffers(loading, files);
  // Rust's own symbols have no versions, so a library that versions are wanted from has none of them.
  const unreadRust = [...unread].filter((name) => !versioned.has(name));

  return loading.flatMap((file): Finding[] => {
    if (file.symbols === null) return [unknownFinding(file, [], file.names.slice(0, 1))];
    const needed = neededBy(file, known);
    const isOffered = ({ name, version }: UndefinedSymbol): boolean =>
      (offers.get(name) ?? []).some(
        (offer) =>
          (offer.file === file || offer.file.isGlobal || needed.has(offer.file)) &&
          // One without versions serves those that want one, and who wants none is served by any.
          (version === null || offer.version === null || offer.version === version),
      );
    const open = file.symbols.undefined.filter(
      (symbol) =>
        !symbol.weak && !isOffered(symbol) && !(symbol.file !== null && unread.has(lastPart(symbol.file))),
    );
    // A version is wanted of one library, which was read then; without a version it could be any.
    const couldBeUnread = (symbol: UndefinedSymbol): boolean =>
      symbol.file === null && (isRustName(symbol.name) ? unreadRust.length > 0 : unread.size > 0);
    const absent = open.filter((symbol) => !couldBeUnread(symbol));
    if (absent.length > 0) return [absentFinding(file, absent, staying)];
    const isRustOnly = open.every((symbol) => isRustName(symbol.name));
    return open.length > 0 ? [unknownFinding(file, open, isRustOnly ? unreadRust : [...unread])] : [];
  });
}

/** Names of the files whose symbols are not known, though they are or will be mapped. */
function unreadNames(files: readonly BinaryFile[], known: ReadonlyMap<string, BinaryFile>): Set<string> {
  const names = files.flatMap((file) => [
    ...file.needed.map(lastPart).filter((name) => !known.has(name)),
    ...(file.symbols === null ? file.names : []),
  ]);
  return new Set(names);
}

/** The libraries that anybody wants a version from: they have versions. */
const wantedVersions = (files: readonly BinaryFile[]): Set<string> =>
  new Set(
    files.flatMap((file) =>
      (file.symbols?.undefined ?? []).flatMap((each) => (each.file === null ? [] : lastPart(each.file))),
    ),
  );

/** Who has the symbols that are wanted; all others, thousands of them, are passed over. */
function collectOffers(loading: readonly BinaryFile[], files: readonly BinaryFile[]): Map<string, Offer[]> {
  const offers = new Map<string, Offer[]>();
  for (const { symbols } of loading) {
    for (const { name, weak } of symbols?.undefined ?? []) if (!weak) offers.set(name, []);
  }
  for (const file of files) {
    for (const { name, version } of file.symbols?.exported ?? []) offers.get(name)?.push({ file, version });
  }
  return offers;
}

function absentFinding(
  file: BinaryFile,
  absent: readonly UndefinedSymbol[],
  staying: readonly StayingFile[],
): Finding {
  const names = new Set(absent.map((symbol) => symbol.name));
  const owners = staying
    .filter((each) => each.replacedBy?.symbols?.exported.some((symbol) => names.has(symbol.name)))
    .map((each) => each.module);
  const details = detailsOf(absent);
  const more = absent.length > 1 ? ` and ${absent.length - 1} more` : '';
  const end = file.bindNow
    ? 'Loading it would fail.'
    : 'Loading it would fail, or the server would die at the first use.';
  const where =
    owners.length === 0
      ? ''
      : ` The new ${listed(owners)} on disk would do, but what the server has is the old one.`;
  return {
    kind: 'undefined-symbol',
    severity: 'blocking',
    module: file.module,
    message: `${file.module} needs ${details[0]}${more}, which nothing in the server will have. ${end}${where}`,
    remedy: owners.length > 0 ? 'restart' : 'rebuild',
    details,
  };
}

const unknownFinding = (
  file: BinaryFile,
  unknown: readonly UndefinedSymbol[],
  unread: readonly string[],
): Finding => ({
  kind: 'undefined-symbol',
  severity: 'info',
  module: file.module,
  message: `Whether ${file.module} will find every symbol that it needs is unknown: ${listed(unread)} could not be read.`,
  remedy: null,
  details: detailsOf(unknown),
});

/** In words, each once; those of Rust's own crates, which say little, after the others. */
function detailsOf(symbols: readonly UndefinedSymbol[]): string[] {
  const words = [...new Set(symbols.map(worded))];
  const isCommon = (word: string) => /^(?:<|core::|alloc::|std::|__rustc::)/.test(word);
  const sorted = [...words.filter((word) => !isCommon(word)), ...words.filter(isCommon)];
  return sorted.slice(0, MOST_DETAILS);
}

const worded = ({ name, version }: UndefinedSymbol): string =>
  version === null ? readable(name) : `${readable(name)}@${version}`;
