import type { ReloadStep } from '#shared/contract.ts';

/**
 * Whether steps share a time: they were seen in one look at the memory maps, which does not tell what came first.
 * Their order is then the one of the server's rule and not an observation, and the window has to say so.
 */
export function seenAtOnce(steps: readonly ReloadStep[]): boolean {
  return new Set(steps.map(({ at }) => at)).size < steps.length;
}

/**
 * How long each module was in no map: from its unloading to the loading that followed, ms. A module that went and
 * came between two looks is left out: how long that took was not seen.
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
