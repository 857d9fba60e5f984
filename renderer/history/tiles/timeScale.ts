/** The part of time that a timeline shows; ms since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** How near and how far one can look, ms. */
export const LEAST_SPAN = 250;
const MOST_SPAN = 20 * 365 * 24 * 3_600_000;
/** The part of the width that is left free beyond now, and beyond what is fitted in. */
const AHEAD = 0.04;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** Returns the length of a range, ms. */
export const spanOf = ({ from, to }: TimeRange): number => to - from;

/** Converts a time to its place on a line of `width` pixels. */
export const toX = (view: TimeRange, width: number, at: number): number =>
  ((at - view.from) / spanOf(view)) * width;

/** Converts a place on a line of `width` pixels to its time. */
export const toTime = (view: TimeRange, width: number, x: number): number =>
  view.from + (x / Math.max(1, width)) * spanOf(view);

const clampSpan = (span: number): number => Math.min(MOST_SPAN, Math.max(LEAST_SPAN, span));

/** Zooms such that a moment keeps its place. @param factor below 1: nearer. */
export function zoomed(view: TimeRange, at: number, factor: number): TimeRange {
  const span = clampSpan(spanOf(view) * factor);
  const part = (at - view.from) / spanOf(view);
  return { from: at - part * span, to: at + (1 - part) * span };
}

/** Moves a range by some ms. */
export const moved = ({ from, to }: TimeRange, by: number): TimeRange => ({ from: from + by, to: to + by });

/** Returns the range that ends a little after now. */
export function following(span: number, now: number): TimeRange {
  const clamped = clampSpan(span);
  const to = now + clamped * AHEAD;
  return { from: to - clamped, to };
}

/** Returns the range that holds all of another, with a little room at both ends. */
export function fitted(from: number, to: number): TimeRange {
  const span = clampSpan((to - from) / (1 - 2 * AHEAD));
  const middle = (from + to) / 2;
  return { from: middle - span / 2, to: middle + span / 2 };
}

/** Clamps a range such that at least an edge of the records, or now, stays in it. */
export function keptInReach(view: TimeRange, whole: TimeRange): TimeRange {
  const span = spanOf(view);
  const most = whole.to + span * AHEAD;
  const least = whole.from - span * AHEAD;
  if (most - least <= span) {
    // All of it fits in: the end stays to the right, as when following.
    if (view.to < most) return moved(view, most - view.to);
    return view.from > least ? moved(view, least - view.from) : view;
  }
  if (view.to > most) return moved(view, most - view.to);
  return view.from < least ? moved(view, least - view.from) : view;
}

/** So much of the least there is to see, however little has happened, ms. */
const LEAST_AT_FIRST = 2 * 60_000;

/**
 * Returns what is shown first: the last hour, or what came before a longer pause.
 * @returns whether it goes along with now.
 */
export function firstRange(whole: TimeRange, now: number): { view: TimeRange; follows: boolean } {
  const span = Math.min(HOUR, Math.max(LEAST_AT_FIRST, (now - whole.from) * 1.1));
  if (now - whole.to < span * 0.8) return { view: following(span, now), follows: true };
  const part = Math.min(HOUR, Math.max(LEAST_AT_FIRST, (whole.to - whole.from) * 1.1));
  return {
    view: keptInReach(following(part, whole.to), { ...whole, to: Math.max(whole.to, whole.from) }),
    follows: false,
  };
}
