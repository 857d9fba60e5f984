import { cannotUnload } from './cannotUnload.ts';
import type { BinaryFile, StayingFile } from './files.ts';
import type { Finding } from './finding.ts';
import { leftBehind, restartNeeded } from './oldCode.ts';
import { type BuildEnd, type BuiltFile, torn } from './torn.ts';
import { undefinedSymbols } from './undefinedSymbols.ts';

/** A reload as planned, and all that it depends on. For a server that is to start, nothing is unloaded. */
export interface Prospect {
  /** Files on disk that are to be loaded. */
  loading: readonly BinaryFile[];
  /** Images that are to be removed before. */
  unloading: readonly BinaryFile[];
  /** Whatever else is mapped: executable, pinned and fresh libraries, those of the system. */
  staying: readonly StayingFile[];
  /** Modules whose file on disk is not the one that is mapped. */
  stale: readonly string[];
  /** The workspace's libraries on disk, and how the build that made them ended. */
  built: readonly BuiltFile[];
  build: BuildEnd;
}

const ORDER: readonly Finding['severity'][] = ['blocking', 'warning', 'info'];

/** What the reload would run into, the worst first. */
export function foresee(prospect: Prospect): Finding[] {
  const { loading, unloading, staying, stale, built, build } = prospect;
  const findings = [
    ...torn(built, build),
    ...undefinedSymbols(loading, staying),
    ...cannotUnload(unloading, staying, loading),
    ...leftBehind(stale, loading, staying),
    ...restartNeeded(staying),
  ];
  return findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
