import type { HistoryEntry, HistoryKind, HistoryTone } from '#shared/contract.ts';
import { spanOf, type TimeRange, toX } from '../tiles/timeScale.ts';

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

/** Returns the part of an entry that lies in a range; null: none that is in view. */
export function markOf(entry: HistoryEntry, range: TimeRange, view: TimeRange, width: number): Mark | null {
  const until = entry.at + (entry.took ?? 0);
  if (entry.at >= range.to || until < range.from) return null;
  const begins = entry.at >= range.from;
  const ends = until < range.to;
  const left = Math.max(toX(view, width, begins ? entry.at : range.from), -LEAST);
  const right = Math.min(toX(view, width, ends ? until : range.to), width + LEAST);
  if (right < -LEAST || left > width + LEAST) return null;
  return { entry, x: left, width: Math.max(LEAST, right - left), begins, ends };
}

const TONE_RANKS: Readonly<Record<HistoryTone, number>> = { quiet: 0, good: 1, warning: 2, bad: 3 };

/** Ranks an entry by how bad it is. */
export const toneRank = ({ tone }: Pick<HistoryEntry, 'tone'>): number => TONE_RANKS[tone];

/**
 * Merges marks that lie in the same pixels, so that a coarse picture costs no more than its width; the worst stays,
 * and so does what is longer than that.
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
    } else if (toneRank(mark.entry) >= toneRank(there.entry)) kept[place] = mark;
  }
  return kept.sort(byToneRank);
}

/** A cell of time is 4 to 8 px wide: where several lie in one, they are drawn as a column of that width. */
const CELL_PX = 4;

/** So few in a cell are still drawn one by one. */
const FEW = 3;

/** Returns the length of a cell, ms: a power of two, so that nothing changes its cell while scrolling. */
export const cellOf = (view: TimeRange, width: number): number =>
  2 ** Math.ceil(Math.log2((spanOf(view) / Math.max(1, width)) * CELL_PX));

/** A part of the time axis, and what lies in it. */
export interface Part {
  readonly range: TimeRange;
  readonly entries: readonly HistoryEntry[];
}

/**
 * Returns the marks of a lane. Where several lie too close to be told apart they become one, whether the engine
 * grouped them or not, so that the same group looks the same everywhere. What is longer than a cell stands alone.
 */
export function marksOf(parts: readonly Part[], view: TimeRange, width: number): Mark[] {
  const cell = cellOf(view, width);
  const crowds = new Map<number, HistoryEntry[]>();
  const marks: Mark[] = [];
  for (const { range, entries } of parts) {
    for (const entry of entries) {
      const mark = markOf(entry, range, view, width);
      if (mark === null) continue;
      const isShort = mark.begins && (entry.took ?? 0) <= cell;
      if (!isShort) {
        marks.push(mark);
        continue;
      }
      const place = Math.floor(entry.at / cell);
      const crowd = crowds.get(place);
      if (crowd === undefined) crowds.set(place, [entry]);
      else crowd.push(entry);
    }
  }
  const few: Mark[] = [];
  for (const [place, crowd] of crowds) {
    const entry = joined(crowd);
    if (entry === null) continue;
    if (entry.count <= FEW && crowd.length === entry.count) {
      for (const each of crowd) {
        const mark = markOf(each, EVER, view, width);
        if (mark !== null) few.push(mark);
      }
      continue;
    }
    const x = toX(view, width, place * cell);
    const wide = Math.max(LEAST, toX(view, width, (place + 1) * cell) - x - 1);
    marks.push({ entry, x, width: wide, begins: true, ends: true });
  }
  return [...marks, ...thinned(few)].sort(byToneRank);
}

const EVER: TimeRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Makes one entry of all: it shows the worst of them, the latest of equally bad ones. */
function joined(crowd: readonly HistoryEntry[]): HistoryEntry | null {
  const [first, ...others] = crowd;
  if (first === undefined || others.length === 0) return first ?? null;
  let [speaker, from, to, count, wrong] = [first, first.at, first.at, 0, 0];
  for (const entry of crowd) {
    const graver = toneRank(entry) - toneRank(speaker);
    if (graver > 0 || (graver === 0 && entry.at >= speaker.at)) speaker = entry;
    from = Math.min(from, entry.at);
    to = Math.max(to, entry.at + (entry.took ?? 0));
    count += entry.count;
    wrong += entry.wrong;
  }
  return { ...speaker, at: from, took: to - from, count, wrong };
}

/** The worst are drawn last, and the longest first, so that nothing hides what matters. */
const byToneRank = (a: Mark, b: Mark): number => toneRank(a.entry) - toneRank(b.entry) || b.width - a.width;

/**
 * Returns the mark that a click at `x` means: the nearest; of those on top of each other the shortest, then the worst.
 */
export function hit(marks: readonly Mark[], x: number): Mark | null {
  let best: Mark | null = null;
  for (const mark of marks) {
    const away = distance(mark, x);
    if (away > NEAR) continue;
    if (best === null) best = mark;
    else {
      const closer = away - distance(best, x) || mark.width - best.width;
      if (closer < 0 || (closer === 0 && toneRank(mark.entry) > toneRank(best.entry))) best = mark;
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

const AXIS = 20;

export const lanesOf = (height: number): Lanes => ({
  axis: AXIS,
  lane: Math.max(8, (height - AXIS) / LANES.length),
  height,
});

/** Returns the lane at a height; null: there is none. */
export function laneAt({ axis, lane }: Lanes, y: number): HistoryKind | null {
  return y < axis ? null : (LANES[Math.floor((y - axis) / lane)] ?? null);
}
