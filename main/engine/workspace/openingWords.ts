import { stripAnsi } from '#shared/ansi.ts';
import type { Failure } from '#shared/contract.ts';

const BLOCKED = /^\s*Blocking waiting for file lock on (?<what>.+)$/;
const BUSY = /^\s*(?<word>Updating|Downloading|Downloaded|Locking|Fetching)\b.*$/;

/** What a line of cargo's on stderr says that it is on, as the window shows it; null where it says nothing of the kind. */
export function openingWords(line: string): string | null {
  const plain = stripAnsi(line).trim();
  const what = BLOCKED.exec(plain)?.groups?.what;
  if (what !== undefined) return `Waiting for cargo's lock on the ${what}, which another cargo holds`;
  return BUSY.test(plain) ? `cargo: ${plain}` : null;
}

/** How an opening ended that the user stopped. @param said what cargo was on. */
export const stoppedOpening = (said: string | null): Failure => ({
  kind: 'stopped',
  message: said === null ? 'Opening was stopped.' : `Opening was stopped. Last message: ${said}.`,
  remedy:
    said?.startsWith('Waiting') === true
      ? 'Wait for the other cargo to finish, or stop it, then try again.'
      : 'Try again, or open another workspace.',
});
