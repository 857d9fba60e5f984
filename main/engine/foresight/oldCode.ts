import { byName, neededBy } from '../elf/linkage.ts';
import type { Named, StayingFile } from './binaryFile.ts';
import type { Finding } from './finding.ts';

/** Stale modules that the reload passes over: the server's rule does not reach them. */
export const leftBehind = (modules: readonly Named[]): Finding[] =>
  modules.map(({ module, label }) => ({
    kind: 'left-behind',
    severity: 'warning',
    module,
    message: `${label} changed, but this reload leaves the old one running: the server's rule does not reach it.`,
    remedy: 'reload-all',
    details: [],
  }));

/** The executable and the pinned libraries that have a newer file on disk than the process has mapped. */
export function restartNeeded(staying: readonly StayingFile[]): Finding[] {
  const known = byName(staying);
  const linked = new Set(
    staying.filter((file) => file.role === 'executable').flatMap((file) => [...neededBy(file, known)]),
  );
  return staying.flatMap((file): Finding[] => {
    if (file.replacedBy === null || (file.role !== 'executable' && file.role !== 'pinned')) return [];
    const noDelete = file.noDelete || file.replacedBy.noDelete;
    const why =
      file.role === 'executable'
        ? 'It is the executable: only a restart takes the new one.'
        : noDelete && !linked.has(file)
          ? 'It is linked NODELETE, so only a restart is sure to take the new one.'
          : 'It is pinned: only a restart takes the new one.';
    return [
      {
        kind: 'restart-needed',
        severity: 'warning',
        module: file.module,
        message: `${file.label} changed since the server started. ${why}`,
        remedy: 'restart',
        details: [],
      },
    ];
  });
}
