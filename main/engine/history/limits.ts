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

export const HISTORY_LIMITS: HistoryLimits = {
  segmentBytes: 4 * MB,
  totalBytes: 256 * MB,
  ageMs: 365 * 24 * 60 * 60 * 1000,
};
