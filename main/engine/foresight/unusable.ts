import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import type { Named } from './binaryFile.ts';
import type { Finding } from './finding.ts';

/** A file that can't be loaded as it is, if there is one at all. */
export interface UnusableFile extends Named {
  /** What others call it in DT_NEEDED. */
  names: readonly string[];
  problem: /** One of the workspace that is not there. */
    | { kind: 'unbuilt' }
    /** What is wrong with it, a sentence. */
    | { kind: 'broken'; why: string }
    /** It may be in order: it could not be looked at. Why, a sentence. */
    | { kind: 'closed'; why: string }
    /** One that is none of the workspace's, in none of the folders where it is looked for, and who needs it. */
    | { kind: 'missing'; neededBy: readonly string[] };
  /** It is to be loaded, by a server that runs. */
  isAwaited: boolean;
}

/** Files on disk that can't be loaded. */
export const unusable = (files: readonly UnusableFile[]): Finding[] => files.map(findingOf);

function findingOf({ module, label, problem, isAwaited }: UnusableFile): Finding {
  const finding = { module, remedy: 'rebuild' as const, details: [] };
  switch (problem.kind) {
    case 'unbuilt': {
      const message = `${label} has no file on disk.`;
      return isAwaited
        ? { ...finding, kind: 'unbuilt', severity: 'blocking', message: `${message} Loading it would fail.` }
        : { ...finding, kind: 'unbuilt', severity: 'warning', message };
    }
    case 'broken':
      return {
        ...finding,
        kind: 'unreadable',
        severity: 'blocking',
        message: `The file of ${label} on disk is broken. ${problem.why} If cargo takes it for finished all the same, "cargo clean -p ${module}" makes the next build replace it.`,
      };
    case 'closed':
      return {
        ...finding,
        kind: 'unreadable',
        severity: 'info',
        message: `Whether the file of ${label} on disk can be loaded is unknown. ${problem.why}`,
        remedy: null,
      };
    case 'missing': {
      const { neededBy } = problem;
      return {
        ...finding,
        kind: 'unreadable',
        severity: 'warning',
        message: `${list(neededBy)} ${plural(neededBy.length, 'needs', 'need')} ${label}, which is in none of the folders where the server looks for libraries.`,
      };
    }
  }
}
