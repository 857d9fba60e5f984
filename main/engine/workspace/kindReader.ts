import { basename } from 'node:path';
import type { KindChoice, KindFinding } from '#shared/contract.ts';
import { type ElfSymbols, readSymbols } from '../elf/symbols.ts';
import { readBinary } from '../readBinary.ts';
import { readLinkedFile } from './elfFile.ts';
import { type KindFacts, kindOf, type LibraryFacts } from './kind.ts';
import type { KindBasis } from './kindBasis.ts';
import type { Workspace } from './workspace.ts';

/** Where the files are that a kind is read from: absolute paths by package. */
type Files = ReadonlyMap<string, string>;

/**
 * Tells the kind of a workspace by its manifests and by what is built of it now.
 * @param chosen what the user says instead, and where.
 */
export function readKind(
  basis: KindBasis,
  files: Files,
  chosen: { kind: KindChoice; from: 'hotdeck.json' | 'set-up' } | null,
): KindFinding {
  const { kind, evidence } = kindOf({
    ...basis,
    ...builtFacts(basis, files),
  });
  return chosen === null
    ? { kind, from: 'detected', detected: kind, evidence }
    : { kind: chosen.kind, from: chosen.from, detected: kind, evidence };
}

/** Of the family nothing needs to be read: its libraries are the largest that there are. */
function builtFacts(basis: KindBasis, files: Files): Pick<KindFacts, 'program' | 'libraries'> {
  const paths = basis.family === null ? files : new Map<string, string>();
  return {
    program: programFacts(basis, paths),
    libraries: basis.libraries.map((library) => libraryFacts(library, paths)),
  };
}

/** Do the files that were built since say something else of a workspace's kind? */
export const isOtherKind = (workspace: Workspace): boolean =>
  currentKind(workspace).detected !== workspace.kindFinding.detected;

/** The kind of a workspace by the files that are there now. */
export function currentKind({ kindBasis, kindFinding: { kind, from }, files }: Workspace): KindFinding {
  const found = readKind(kindBasis, files, null);
  return from === 'detected' ? found : { ...found, kind, from };
}

function programFacts(basis: KindBasis, files: Files): KindFacts['program'] {
  const name = basis.program;
  const path = files.get(name);
  const linked = path === undefined ? null : readLinkedFile(path);
  if (linked === null || path === undefined) return { name, std: null, opens: null };
  // Symbols are dearer to read, and decide only where nothing else does.
  const decided =
    basis.family !== null || basis.reloaders.length + basis.openers.length + basis.libraries.length === 0;
  const opens = decided
    ? null
    : (symbolsOf(path)?.undefined.some(({ name: each }) => each === 'dlopen') ?? null);
  return { name, std: stdOf(linked.needed, files), opens };
}

function libraryFacts({ name, type }: KindBasis['libraries'][number], files: Files): LibraryFacts {
  const path = files.get(name);
  const linked = path === undefined ? null : readLinkedFile(path);
  if (linked === null || path === undefined) return { name, type, std: null, exports: null };
  return {
    name,
    type,
    std: stdOf(linked.needed, files),
    exports: type === 'cdylib' ? exportsOf(path) : null,
  };
}

const STANDARD = /^libstd-.*\.so$/;

/** One that is linked to another library of the workspace may have the standard library by way of that. */
function stdOf(needed: readonly string[], files: Files): 'inside' | 'shared' {
  const own = new Set([...files.values()].map((path) => basename(path)));
  return needed.some((name) => STANDARD.test(name) || own.has(name)) ? 'shared' : 'inside';
}

/** What rustc gives every library of its own is no interface. */
const OF_RUSTC = /^(_R|_ZN|__rust|rust_|_init$|_fini$)/;

const exportsOf = (path: string): string[] | null =>
  symbolsOf(path)
    ?.exported.map(({ name }) => name)
    .filter((name) => !OF_RUSTC.test(name)) ?? null;

const symbolsOf = (path: string): ElfSymbols | null =>
  readBinary(path, (source) => {
    const result = readSymbols(source);
    return result.ok ? result.symbols : null;
  });
