import type { BinaryFile, LoadingFile, Named, StayingFile } from './binaryFile.ts';
import { cannotUnload } from './cannotUnload.ts';
import { type ElsewhereFile, openedElsewhere } from './elsewhere.ts';
import type { Finding } from './finding.ts';
import { leftBehind, restartNeeded } from './oldCode.ts';
import { inOne, type Steps } from './steps.ts';
import { type BuildEnd, type BuiltFile, torn } from './torn.ts';
import { undefinedSymbolsInSteps } from './undefinedSymbols.ts';
import { type UnusableFile, unusable } from './unusable.ts';

/** A reload as planned, and all that it depends on. For a server that is to start, nothing is unloaded. */
export interface Prospect {
  /** Files on disk that are to be loaded. */
  loading: readonly LoadingFile[];
  /** Images that are to be removed before. */
  unloading: readonly BinaryFile[];
  /** Whatever else is mapped: executable, pinned and fresh libraries, those of the system. */
  staying: readonly StayingFile[];
  /** Those of them that are mapped now, only because a module that goes needs them: they go along. */
  along: readonly Named[];
  /** Other libraries that come along with those that are to be loaded. */
  coming: readonly BinaryFile[];
  /** Stale modules that the server's rule does not reach. */
  leftBehind: readonly Named[];
  /** Modules that the server has opened from another output folder of cargo. */
  elsewhere: readonly ElsewhereFile[];
  /** Files on disk that can't be loaded. */
  unusable: readonly UnusableFile[];
  /** The workspace's libraries on disk, and how the build that made them ended. */
  built: readonly BuiltFile[];
  build: BuildEnd;
}

const ORDER: readonly Finding['severity'][] = ['blocking', 'warning', 'info'];

/** What the reload would run into, the worst first. */
export const foresee = (prospect: Prospect): Finding[] => inOne(foreseeInSteps(prospect));

/** The same in steps of a ms or so: libraries may want thousands of symbols. */
export function* foreseeInSteps(prospect: Prospect): Steps<Finding[]> {
  const { loading, unloading, staying, coming, built, build } = prospect;
  const told = new Set(prospect.unusable.flatMap((file) => file.names));
  const findings = [
    ...unusable(prospect.unusable),
    ...torn(built, build),
    ...openedElsewhere(prospect.elsewhere),
    ...(yield* undefinedSymbolsInSteps({ loading, staying, coming, unloading, told })),
    ...cannotUnload(unloading, staying, loading),
    ...leftBehind(prospect.leftBehind),
    ...restartNeeded(staying),
  ];
  return findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
