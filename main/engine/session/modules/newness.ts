import type { Newness } from '#shared/contract.ts';
import type { Artifact } from '../../process/artifacts.ts';

/** How a module was loaded, as far as that was seen. */
export interface Loading {
  /** The file that was opened; null where that is not known. Its time is null where only the kernel's maps report it. */
  file: { device: string; inode: string; modifiedAt: number | null } | null;
  /** It happened after the one and before the other; ms since the epoch. */
  after: number;
  before: number;
}

/** Whether a server will take a file for new; `unknown`: what it goes by was not seen. */
export type Taking = 'yes' | 'no' | 'unknown';

export interface TakingFacts {
  newness: Newness;
  /** The file on disk. */
  artifact: Artifact;
  loading: Loading | null;
  /** Its code is not what is mapped. */
  isStale: boolean;
}

/** Whether a server takes the file on disk for new, by its own rule. Pure. */
export function takesForNew({ newness, artifact, loading, isStale }: TakingFacts): Taking {
  if (newness === 'content') return isStale ? 'yes' : 'no';
  if (loading === null) return 'unknown';
  if (newness === 'newer-time') {
    if (artifact.modifiedAt > loading.before) return 'yes';
    return artifact.modifiedAt <= loading.after ? 'no' : 'unknown';
  }
  const { file } = loading;
  if (file === null) return 'unknown';
  if (file.device !== artifact.device || file.inode !== artifact.inode) return 'yes';
  // The same file with another time: some servers mind that, and others don't.
  return file.modifiedAt === artifact.modifiedAt ? 'no' : 'unknown';
}
