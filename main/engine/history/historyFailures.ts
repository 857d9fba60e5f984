import type { Failure } from '#shared/contract.ts';
import { codeOf, messageOf } from '../result.ts';

/** Why what happens is not kept. */
export function unwritable(error: unknown): Failure {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      kind: 'history-disk-full',
      message: 'The disk is full: new events are not saved in the history.',
      remedy: 'Free some disk space; saving then resumes.',
    };
  }
  return {
    kind: 'history-unwritable',
    message: `New events are not saved in the history: ${messageOf(error)}.`,
    remedy: 'Everything else works as before.',
  };
}

export const unreadable = (error: unknown): Failure => ({
  kind: 'history-unreadable',
  message: `The history can’t be read: ${messageOf(error)}.`,
  remedy: null,
});

/** Old parts can't be removed: the history goes on, and the folder grows. */
export const notPruned = (error: unknown): Failure => ({
  kind: 'history-not-pruned',
  message: `Old parts of the history can’t be removed: ${messageOf(error)}.`,
  remedy: null,
});

export const GONE: Failure = {
  kind: 'history-gone',
  message: 'This event is no longer in the history.',
  remedy: 'The oldest events are removed when the history gets too large or too old.',
};
