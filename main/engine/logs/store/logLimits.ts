import type { BlockLimits } from './lineIndexer.ts';

/** How much is kept. */
export interface StoreLimits {
  /** A segment of this size is followed by another. */
  segmentBytes: number;
  /** A run over this size loses its first segments. */
  runBytes: number;
  /** All runs of a workspace; the oldest go first. */
  totalBytes: number;
  /** A run that ended longer ago goes. */
  ageMs: number;
}

const MB = 1024 * 1024;

export const LIMITS: StoreLimits = {
  segmentBytes: 64 * MB,
  runBytes: 1024 * MB,
  totalBytes: 4096 * MB,
  ageMs: 30 * 24 * 60 * 60 * 1000,
};

/** One who reads a run must cut it as its writer did: to change these is to change the format's version. */
export const BLOCKS: BlockLimits = { blockBytes: 32 * 1024, blockMs: 1000, pieceBytes: 64 * 1024 };
