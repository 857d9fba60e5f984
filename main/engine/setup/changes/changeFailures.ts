import type { Failure } from '#shared/contract.ts';
import { codeOf, failed, messageOf } from '../../result.ts';

/** Says what a change of the setup ran into. @param standing how the workspace stands now, as a sentence. */
export function systemFailure(error: unknown, standing: string): { ok: false; failure: Failure } {
  const code = codeOf(error) ?? '';
  const detail = `(${messageOf(error)})`;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failed('disk-full', `The disk is full ${detail}. ${standing}`, 'Make room, then try again.');
  }
  if (code === 'EROFS') {
    const remedy = 'Make the file system writable, then try again.';
    return failed('no-permission', `The file system is read-only ${detail}. ${standing}`, remedy);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return failed(
      'no-permission',
      `The system denied access ${detail}. ${standing}`,
      'Give yourself permission to read and write it, then try again.',
    );
  }
  return failed('setup-failed', `A file operation failed ${detail}. ${standing}`, 'Try again.');
}

/** How the workspace stands after something went wrong. */
export const STANDING = {
  untouched: 'No file of the workspace was changed.',
  finished: 'An earlier change that was interrupted is finished now; nothing else was changed.',
  done: 'The change itself is done; only its lock could not be removed.',
  rolledBack: 'Every file of the workspace is as it was before.',
  unfinished:
    'Some files may be changed and others not yet. Hotdeck remembers the change, and finishes it as soon as possible.',
} as const;
