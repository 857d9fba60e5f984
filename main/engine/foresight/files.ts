import type { SymbolTable } from '../elf/symbolTable.ts';
import { lastPart } from './names.ts';

/** What the user calls a file. */
export interface Named {
  /** A module's package, or the file name of a library that is none. */
  module: string;
  /** The same as sentences have it: without the prefix that all modules share. */
  label: string;
}

/** A library or program as its file says; the file may be on disk or mapped. */
export interface BinaryFile extends Named {
  /** What others call it in DT_NEEDED: its file name and its DT_SONAME. */
  names: readonly string[];
  needed: readonly string[];
  /** DF_1_NODELETE. */
  noDelete: boolean;
  /** Its symbols are looked up when it is loaded, not when they are first called. */
  bindNow: boolean;
  /** Everybody finds its symbols (linked to the executable, or opened with RTLD_GLOBAL), not its dependents only. */
  isGlobal: boolean;
  /** Null where they could not be read: then what it has is unknown, not nothing. */
  symbols: SymbolTable | null;
}

export type FileRole = 'executable' | 'pinned' | 'module' | 'external';

/** A file on disk that is to be loaded. */
export interface LoadingFile extends BinaryFile {
  role: FileRole;
  /** It lies beside the others, but that the server opens it is a guess. */
  isPresumed: boolean;
}

/** A file that is mapped and will be after the reload. */
export interface StayingFile extends BinaryFile {
  role: FileRole;
  /** The file that took its place on disk since it was mapped; null while it is still the one. */
  replacedBy: { noDelete: boolean; symbols: SymbolTable | null } | null;
}

/** Files by all of their names; of two with the same name the first. */
export function byName<F extends BinaryFile>(files: readonly F[]): ReadonlyMap<string, F> {
  const found = new Map<string, F>();
  for (const file of files) {
    for (const name of file.names) if (!found.has(name)) found.set(name, file);
  }
  return found;
}

/** The known files among all that a file needs, and that those need. */
export function neededBy<F extends BinaryFile>(
  file: Pick<BinaryFile, 'needed'>,
  known: ReadonlyMap<string, F>,
): Set<F> {
  const files = new Set<F>();
  const names = new Set(file.needed);
  for (const name of names) {
    const next = known.get(lastPart(name));
    if (next === undefined) continue;
    files.add(next);
    for (const each of next.needed) names.add(each);
  }
  return files;
}
