import type { BuildState } from '#shared/contract.ts';
import { count } from '#shared/count.ts';

const LONGEST = 40;

/** Counts the errors of a build; where it had none, returns cargo's own first words. */
export function whyFailed({ errors, message }: Extract<BuildState, { name: 'failed' }>): string {
  if (errors > 0 || message === undefined) return count(errors, 'error');
  const [first = ''] = message.split('\n');
  return first.length > LONGEST ? `${first.slice(0, LONGEST).trimEnd()}\u2026` : first.replace(/\.$/, '');
}
