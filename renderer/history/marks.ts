import type { HistoryEntry, HistoryKind, HistoryTone } from '../../preload/contract.ts';
import { toX, type View } from './scale.ts';

export const LANES: readonly HistoryKind[] = ['edit', 'build', 'reload', 'server'];

/** How wide a mark is at the least, px. */
const LEAST = 3;
/** How far beside a mark a click still means it, px. */
const NEAR = 5;

/** What is drawn of an entry in a lane, in px from the left. */
export interface Mark {
  readonly entry: HistoryEntry;
  readonly x: number;
  readonly width: number;
  /** Its beginning, and its end, are in this part: what stands there is drawn. */
  readonly begins: boolean;
  readonly ends: boolean;
}

/** A moment has no length, and neither has the beginning of a server. */
export const isMoment = ({ took }: Pick<HistoryEntry, 'took'>): boolean => took === null;

/** The part of an entry that lies in a part of time; null: none that is in view. */
export function markOf(entry: HistoryEntry, range: View, view: View, width: number): Mark | null {
  const until = entry.at + (entry.took ?? 0);
  const begins = entry.at >= range.from;
  const ends = until < range.to;
  const left = Math.max(toX(view, width, begins ? entry.at : range.from), -LEAST);
  const right = Math.min(toX(view, width, ends ? until : range.to), width + LEAST);
  if (right < -LEAST || left > width + LEAST) return null;
  return { entry, x: left, width: Math.max(LEAST, right - left), begins, ends };
}

const GRAVITY: Readonly<Record<HistoryTone, number>> = { quiet: 0, good: 1, warning: 2, bad: 3 };

export const gravity = ({ tone }: Pick<HistoryEntry, 'tone'>): number => GRAVITY[tone];

/**
 * Puts marks that lie in the same pixels together, so that a coarse picture costs no more than its width; the gravest
 * stays. What is longer than that stays too.
 * @param marks of one lane.
 */
export function thinned(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  const byPixel = new Map<number, number>();
  for (const mark of marks) {
    if (mark.width > 2 * LEAST) {
      kept.push(mark);
      continue;
    }
    const pixel = Math.floor(mark.x / 2);
    const place = byPixel.get(pixel);
    const there = place === undefined ? undefined : kept[place];
    if (place === undefined || there === undefined) {
      byPixel.set(pixel, kept.length);
      kept.push(mark);
    } else if (gravity(mark.entry) >= gravity(there.entry)) kept[place] = mark;
  }
  // The gravest are drawn last, and the longest first, so that nothing hides what matters.
  return kept.sort((a, b) => gravity(a.entry) - gravity(b.entry) || b.width - a.width);
}

/** The mark that a click at `x` means: the nearest; of those on top of each other the shortest, then the gravest. */
export function hit(marks: readonly Mark[], x: number): Mark | null {
  let best: Mark | null = null;
  for (const mark of marks) {
    const away = distance(mark, x);
    if (away > NEAR) continue;
    if (best === null) best = mark;
    else {
      const closer = away - distance(best, x) || mark.width - best.width;
      if (closer < 0 || (closer === 0 && gravity(mark.entry) > gravity(best.entry))) best = mark;
    }
  }
  return best;
}

const distance = ({ x, width }: Mark, at: number): number => Math.max(0, x - at, at - x - width);

/** The heights of the lanes' parts in px, from the top of the canvas. */
export interface Lanes {
  readonly axis: number;
  readonly lane: number;
  readonly height: number;
}

export const AXIS = 20;

export const lanesOf = (height: number): Lanes => ({
  axis: AXIS,
  lane: Math.max(8, (height - AXIS) / LANES.length),
  height,
});

/** The lane at a height; null: there is none. */
export function laneAt({ axis, lane }: Lanes, y: number): HistoryKind | null {
  return y < axis ? null : (LANES[Math.floor((y - axis) / lane)] ?? null);
}
