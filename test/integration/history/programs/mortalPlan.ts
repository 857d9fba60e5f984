/** What mortalWriter.ts writes, and whoever reads it expects. */

export const AT = 1_760_000_000_000;
export const ROUNDS = 9;
/** Small, so that it goes from segment to segment, and the oldest are removed meanwhile. */
export const LIMITS = { segmentBytes: 1500, totalBytes: 12_000, ageMs: Number.POSITIVE_INFINITY } as const;

/** The records, by time, of what was written so far. @param count of begun builds, edits and ended builds, in turn. */
export function visible(count: number): string[] {
  return Array.from({ length: Math.ceil(count / 3) }, (_, round) => round).flatMap((round) => {
    const steps = count - 3 * round;
    return [`build ${round} ${steps > 2 ? 'ok' : 'interrupted'}`, ...(steps > 1 ? [`edit ${round}`] : [])];
  });
}
