import { list } from '#shared/list.ts';
import { byName, type Linkage, linkedTo } from '../elf/linkage.ts';
import type { Named } from './binaryFile.ts';
import type { Finding } from './finding.ts';

/** A library of the workspace as it lies on disk. */
export interface BuiltFile extends Named, Linkage {
  /** ms since the epoch. */
  modifiedAt: number;
}

/** How the last build that touched the files ended. */
export type BuildEnd = 'complete' | 'failed' | 'unknown';

/**
 * Dependents that are older than what they need: a build that replaces a library replaces all that are linked to it,
 * after it, so an older one was left by a build that stopped. A complete build proves such times wrong (a copied
 * folder has them), so then there is nothing to find; where nothing is known of the build it is a warning.
 * @param files those of one workspace: others have times of their own.
 */
export function torn(files: readonly BuiltFile[], build: BuildEnd): Finding[] {
  if (build === 'complete') return [];
  const known = byName(files);
  return files.flatMap((file): Finding[] => {
    const needed = linkedTo(file, known).filter((other) => other.modifiedAt > file.modifiedAt);
    const newer = new Set(needed.map((other) => other.label));
    if (newer.size === 0) return [];
    const why = build === 'failed' ? 'a build stopped half-way' : 'a build may have stopped half-way';
    return [
      {
        kind: 'torn',
        severity: build === 'failed' ? 'blocking' : 'warning',
        module: file.module,
        message: `${file.label} is older than ${list([...newer])}, which it is linked to: ${why}.`,
        remedy: 'rebuild',
        details: [...newer],
      },
    ];
  });
}
