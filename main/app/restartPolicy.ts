/** How often something may crash before restarting it is no help any more. */
const maxRestarts = 5;
const withinMs = 60_000;
const firstDelayMs = 100;

export type RestartVerdict =
  | { readonly kind: 'restart'; readonly afterMs: number; readonly crashes: readonly number[] }
  | { readonly kind: 'give-up' };

/**
 * What to do about a crash at `now` (ms) after the `crashes` before it: restart, each time a little later, or
 * give up at the sixth within a minute.
 */
export function afterCrash(crashes: readonly number[], now: number): RestartVerdict {
  const recent = crashes.filter((at) => now - at < withinMs);
  if (recent.length >= maxRestarts) return { kind: 'give-up' };
  return { kind: 'restart', afterMs: firstDelayMs * 2 ** recent.length, crashes: [...recent, now] };
}
