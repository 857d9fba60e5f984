import type { ReloadStep } from '#shared/contract.ts';

/** A reload may take a few ms; the eye gets this long for all of it, ms. */
const WHOLE = 1700;
const LEAST = 60;
const MOST = 320;
/** How long the last picture stays before it fades, ms. */
export const HOLD = 1000;

/** Returns how long each of the observed steps is shown, ms. */
export function stepDuration(steps: number): number {
  return Math.min(MOST, Math.max(LEAST, WHOLE / Math.max(1, steps)));
}

export interface ReloadState {
  /** Modules that went and have not come back, in the order in which they went. */
  readonly gone: readonly string[];
  readonly unloaded: readonly string[];
  readonly loaded: readonly string[];
}

/** Returns what is seen after the first `shown` observed steps. */
export function reloadStateAfter(steps: readonly ReloadStep[], shown: number): ReloadState {
  const unloaded: string[] = [];
  const loaded: string[] = [];
  for (const { module, step } of steps.slice(0, shown)) (step === 'unload' ? unloaded : loaded).push(module);
  const back = new Set(loaded);
  return { unloaded, loaded, gone: unloaded.filter((name) => !back.has(name)) };
}

/** Numbers the names in a list, from 1. */
export function numbers(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, i) => [name, i + 1]));
}
