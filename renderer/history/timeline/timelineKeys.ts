import type { HistoryEntry, HistoryKind } from '#shared/contract.ts';
import { bringIntoView, pickEntry, reachableRange, showRange, useHistory } from '../historyStore.ts';
import { fitted, moved, spanOf, zoomed } from '../tiles/timeScale.ts';
import { nextMark } from './marksInView.ts';
import type { TimelineCanvas } from './timelineCanvas.ts';
import { LANES, type Mark } from './timelineMarks.ts';

const STEP = 0.2;
const ZOOM = 1.6;

function zoomBy(factor: number): void {
  const { view, follows } = useHistory.getState();
  showRange(zoomed(view, follows ? view.to : (view.from + view.to) / 2, factor));
}

export const zoomIn = (): void => zoomBy(1 / ZOOM);
export const zoomOut = (): void => zoomBy(ZOOM);

export function fitAll(): void {
  const { from, to } = reachableRange();
  showRange(fitted(from, to));
}

/** Shows so much of the time up to now. */
export function showLast(span: number): void {
  const now = Date.now();
  showRange({ from: now - span, to: now }, true);
}

export function follow(): void {
  showRange(useHistory.getState().view, true);
}

const scrollBy = (parts: number): void => {
  const { view } = useHistory.getState();
  showRange(moved(view, parts * spanOf(view)));
};

function toBegin(): void {
  const { view } = useHistory.getState();
  showRange(moved(view, reachableRange().from - view.from), false);
}

/**
 * Carries out a key in the timeline.
 * @param last the entry that was picked last, as it was drawn.
 * @param onPick an entry was picked.
 * @returns false where it is not one of its keys.
 */
export function timelineKey(
  key: { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean },
  stage: TimelineCanvas,
  last: HistoryEntry | null,
  onPick: (mark: Mark) => void,
): boolean {
  const act = (key.shiftKey ? SHIFTED : PLAIN)[key.key] ?? ANY[key.key];
  if (act !== undefined) {
    act();
    return true;
  }
  const lane = STEPS[key.key];
  if (lane === undefined || key.ctrlKey) return false;
  const mark =
    lane === 0
      ? nextMark(stage.marks(last?.kind ?? 'build'), last, key.key === 'ArrowRight')
      : inOtherLane(stage, last, lane);
  if (mark === null) {
    // Beyond the edge there may be more: the next press finds it there.
    if (lane === 0) scrollBy(key.key === 'ArrowRight' ? STEP : -STEP);
    return true;
  }
  bringIntoView(mark.entry.at, mark.entry.took);
  onPick(mark);
  return true;
}

/** 0: within the lane; else so many lanes down. */
const STEPS: Readonly<Record<string, -1 | 0 | 1>> = {
  ArrowLeft: 0,
  ArrowRight: 0,
  ArrowUp: -1,
  ArrowDown: 1,
};

const SHIFTED: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => scrollBy(-STEP),
  ArrowRight: () => scrollBy(STEP),
};

const PLAIN: Readonly<Record<string, () => void>> = {
  PageUp: () => scrollBy(-0.9),
  PageDown: () => scrollBy(0.9),
  Home: toBegin,
  End: follow,
  Escape: () => pickEntry(null),
};

const ANY: Readonly<Record<string, () => void>> = {
  '+': zoomIn,
  '=': zoomIn,
  '-': zoomOut,
  _: zoomOut,
  '0': fitAll,
  f: follow,
  F: follow,
};

/** The entry of the next lane that has any, nearest in time. */
function inOtherLane(stage: TimelineCanvas, last: HistoryEntry | null, step: -1 | 1): Mark | null {
  const first = last === null ? (step === 1 ? -1 : LANES.length) : LANES.indexOf(last.kind);
  for (let i = first + step; i >= 0 && i < LANES.length; i += step) {
    const marks = stage.marks(LANES[i] ?? ('edit' satisfies HistoryKind));
    const at = last?.at ?? Number.POSITIVE_INFINITY;
    const away = ({ entry }: Mark): number => Math.abs(entry.at - Math.min(at, Number.MAX_SAFE_INTEGER));
    const [nearest] = [...marks].sort((a, b) => away(a) - away(b));
    if (nearest !== undefined) return nearest;
  }
  return null;
}
