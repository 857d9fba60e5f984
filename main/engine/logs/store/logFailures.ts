import type { Failure } from '#shared/contract.ts';
import { codeOf, messageOf } from '../../result.ts';

const NEXT_RUN = 'Storing resumes with the next run.';

/** Why a run's output is no longer stored. */
export function writeFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const remedy = `Free some disk space. ${NEXT_RUN}`;
    return {
      kind: 'log-disk-full',
      message: 'The disk is full: this run’s log is no longer stored.',
      remedy,
    };
  }
  return {
    kind: 'log-unwritable',
    message: `This run’s log is no longer stored: ${messageOf(error)}.`,
    remedy: NEXT_RUN,
  };
}

export const DELETED: Failure = {
  kind: 'log-deleted',
  message: 'The file of this run’s log was removed: the log is no longer stored.',
  remedy: NEXT_RUN,
};

export const TOO_SLOW: Failure = {
  kind: 'log-disk-slow',
  message: 'The disk is too slow for this run’s log, so it is no longer stored.',
  remedy: NEXT_RUN,
};

/** The kinds of failures that end with the run that they are about. */
export const OF_ONE_RUN = ['log-disk-full', 'log-unwritable', 'log-deleted', 'log-disk-slow'] as const;

/** Old runs can't be removed: the log goes on, and the folder grows. */
export const pruneFailure = (error: unknown): Failure => ({
  kind: 'log-not-pruned',
  message: `Old logs can’t be removed: ${messageOf(error)}.`,
  remedy: null,
});
