import type { Failure } from '#shared/contract.ts';
import { codeOf, failed, messageOf } from '../../result.ts';

/** What a setup ran into, as it is said to the user. @param standing how the workspace stands now, as a sentence. */
export function systemFailure(error: unknown, standing: string): { ok: false; failure: Failure } {
  const code = codeOf(error) ?? '';
  const detail = `(${messageOf(error)})`;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failed('disk-full', `The disk is full ${detail}. ${standing}`, 'Make room, then try again.');
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return failed(
      'no-permission',
      `Hotdeck may not write there ${detail}. ${standing}`,
      'Make it writable for yourself, then try again.',
    );
  }
  return failed('setup-failed', `The disk did not do as told ${detail}. ${standing}`, 'Try again.');
}

/** How the workspace stands after something went wrong. */
export const STANDING = {
  untouched: 'No file of the workspace was changed.',
  rolledBack: 'Every file of the workspace is as it was.',
  unfinished:
    'Some files are changed and others are not yet; what was begun is remembered, and is finished as soon as that is possible.',
} as const;
