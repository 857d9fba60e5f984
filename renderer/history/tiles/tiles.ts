/**
 * Time is cut into tiles, as maps are: of a level's tiles each lasts 512 * 2^level ms, so that the window holds what it
 * has seen, asks for no more than what comes into view, and never has much to take in at once.
 */
import type { HistoryEntry } from '#shared/contract.ts';
import { spanOf, type TimeRange } from './timeScale.ts';

export interface TileName {
  readonly level: number;
  readonly index: number;
}

/** A tile is drawn this wide or up to half of it. */
const TILE_PX = 512;
const LEAST_LEVEL = -3;
const MOST_LEVEL = 40;
/** Of four lanes, and what lasts long besides: the engine puts together what lies within 2 to 4 px. */
export const TILE_MOST = 768;

/** Returns a tile's name as a string. */
export const tileKey = ({ level, index }: TileName): string => `${level}:${index}`;

/** Returns how long a tile of this level lasts, ms. */
export const tileSpan = (level: number): number => TILE_PX * 2 ** level;

/** Returns the range of a tile; its end is the next one's beginning. */
export const tileRange = ({ level, index }: TileName): TimeRange => ({
  from: index * tileSpan(level),
  to: (index + 1) * tileSpan(level),
});

/** Returns the level whose tiles suit a range drawn on so many pixels. */
export function levelOf(view: TimeRange, width: number): number {
  const level = Math.floor(Math.log2(spanOf(view) / Math.max(1, width)));
  return Math.min(MOST_LEVEL, Math.max(LEAST_LEVEL, level));
}

/** Returns the tiles in view, from left to right. @param beside so many more on both sides. */
export function tilesOf(view: TimeRange, width: number, beside = 0): TileName[] {
  const level = levelOf(view, width);
  const span = tileSpan(level);
  const [first, last] = [Math.floor(view.from / span) - beside, Math.floor(view.to / span) + beside];
  return Array.from({ length: last - first + 1 }, (_, i) => ({ level, index: first + i }));
}

/** Returns the tile of a coarser level that a tile lies in. */
export const above = ({ level, index }: TileName, levels: number): TileName => ({
  level: level + levels,
  index: Math.floor(index / 2 ** levels),
});

/** Returns the two tiles of the next finer level. */
export const below = ({ level, index }: TileName): readonly TileName[] => [
  { level: level - 1, index: index * 2 },
  { level: level - 1, index: index * 2 + 1 },
];

/** Tells whether an entry lies in a range, at least in part. */
export const reaches = ({ at, took }: Pick<HistoryEntry, 'at' | 'took'>, { from, to }: TimeRange): boolean =>
  at < to && at + (took ?? 0) >= from;
