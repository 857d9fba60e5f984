import type { Linkage } from '../elf/linkage.ts';
import type { SymbolTable } from '../elf/symbolTable.ts';

/** What the user calls a file. */
export interface Named {
  /** A module's package, or the file name of a library that is none. */
  module: string;
  /** The same as sentences have it: without the prefix that all modules share. */
  label: string;
}

/** A library or program as its file says; the file may be on disk or mapped. */
export interface BinaryFile extends Named, Linkage {
  /** DF_1_NODELETE. */
  noDelete: boolean;
  /** Its symbols are looked up when it is loaded, not when they are first called. */
  bindNow: boolean;
  /** Everybody finds its symbols (linked to the executable, or opened with RTLD_GLOBAL), not its dependents only. */
  isGlobal: boolean;
  /** Null where they could not be read: then what it has is unknown, not nothing. */
  symbols: SymbolTable | null;
}

type FileRole = 'executable' | 'pinned' | 'module' | 'external';

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
