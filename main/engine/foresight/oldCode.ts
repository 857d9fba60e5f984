import type { BinaryFile, StayingFile } from './files.ts';
import type { Finding } from './finding.ts';

/**
 * Stale modules that the reload passes over: the server's rule does not reach them.
 * @param stale modules whose file on disk is not the one that is mapped.
 */
export function leftBehind(
  stale: readonly string[],
  loading: readonly BinaryFile[],
  staying: readonly StayingFile[],
): Finding[] {
  const reloaded = new Set(loading.map((file) => file.module));
  const fixed = new Set(staying.filter((file) => file.role !== 'module').map((file) => file.module));
  return stale
    .filter((module) => !reloaded.has(module) && !fixed.has(module))
    .map((module) => ({
      kind: 'left-behind',
      severity: 'warning',
      module,
      message: `${module} changed, but this reload leaves the old one running: the server's rule does not reach it.`,
      remedy: 'reload-all',
      details: [],
    }));
}

/** The executable and the pinned libraries that have a newer file on disk than the process has mapped. */
export function restartNeeded(staying: readonly StayingFile[]): Finding[] {
  return staying.flatMap((file): Finding[] => {
    if (file.replacedBy === null || (file.role !== 'executable' && file.role !== 'pinned')) return [];
    const why = file.role === 'executable' ? 'is the executable' : 'is pinned';
    return [
      {
        kind: 'restart-needed',
        severity: 'warning',
        module: file.module,
        message: `${file.module} changed since the server started. It ${why}: only a restart takes the new one.`,
        remedy: 'restart',
        details: [],
      },
    ];
  });
}
