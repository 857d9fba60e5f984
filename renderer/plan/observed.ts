import type { ReloadStep } from '../../preload/contract.ts';

/**
 * Whether steps share a time: they were seen in one look at the memory maps, which does not tell what came first.
 * Their order is then the one of the server's rule and not an observation, and the window has to say so.
 */
export function seenAtOnce(steps: readonly ReloadStep[]): boolean {
  return new Set(steps.map(({ at }) => at)).size < steps.length;
}
