import type { Segment } from './segment.ts';

/** What one writer began and did not end. @param segments all of its, in order. */
export function unfinished(segments: readonly Segment[]): { segment: Segment; entry: number; at: number }[] {
  for (const [i, { entries }] of segments.entries()) {
    // Its end may be the first line of the next one.
    for (const { kind, at } of entries.begun)
      if (segments.slice(i + 1).some((later) => later.entries.ends(kind, at))) entries.over(kind, at);
  }
  return segments.flatMap((segment) =>
    segment.entries.begun.map(({ entry, at }) => ({ segment, entry, at })),
  );
}
