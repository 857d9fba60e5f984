import type { ReloadStep } from '#shared/contract.ts';

/**
 * Tells whether steps share a time: they were seen in one look at the memory maps, which does not show what came
 * first. Their order is then the one of the server's rule and not an observation, and the window has to say so.
 */
export function seenAtOnce(steps: readonly ReloadStep[]): boolean {
  return new Set(steps.map(({ at }) => at)).size < steps.length;
}

/**
 * Measures how long each module was in no map, ms: from its unloading to the loading that followed. A module that went
 * and came between two looks is left out, as that was not seen.
 */
export function awayTimes(steps: readonly ReloadStep[]): ReadonlyMap<string, number> {
  const away = new Map<string, number>();
  const left = new Map<string, number>();
  for (const { module, step, at } of steps) {
    if (step === 'unload') left.set(module, at);
    else {
      const since = left.get(module);
      if (since !== undefined && at > since) away.set(module, at - since);
      left.delete(module);
    }
  }
  return away;
}
