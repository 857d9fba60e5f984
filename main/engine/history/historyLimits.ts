import { defaultPreferences, type Preferences } from '#shared/contract.ts';

/** How much of a workspace's history is kept. */
export interface HistoryLimits {
  /** A segment of this size is followed by another. */
  segmentBytes: number;
  /** All segments, with their indexes; the oldest go first. */
  totalBytes: number;
  /** A segment that was last written longer ago goes. */
  ageMs: number;
}

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

export const HISTORY_LIMITS: HistoryLimits = {
  segmentBytes: 4 * MB,
  ...limitsOf(defaultPreferences.keepHistory),
};

/** What the user wants to keep. */
export function limitsOf({
  megabytes,
  days,
}: Preferences['keepHistory']): Pick<HistoryLimits, 'totalBytes' | 'ageMs'> {
  return { totalBytes: megabytes * MB, ageMs: days * DAY_MS };
}
