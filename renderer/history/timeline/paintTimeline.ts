import type { HistoryEntry, HistoryKind } from '#shared/contract.ts';
import { type TimeRange, toX } from '../tiles/timeScale.ts';
import { paintLife, paintMark, paintPicked, paintRunning } from './paintMark.ts';
import type { Palette } from './palette.ts';
import { LANES, lanesOf, type Mark } from './timelineMarks.ts';
import { ticksOf } from './timeTicks.ts';

type Pen = CanvasRenderingContext2D;

/** Something in progress. */
export interface Running {
  readonly kind: HistoryKind;
  readonly since: number;
  readonly text: string;
}

export interface TimelineFrame {
  readonly view: TimeRange;
  readonly width: number;
  readonly height: number;
  /** Of each lane, in the order in which they are to be drawn. */
  readonly marks: ReadonlyMap<HistoryKind, readonly Mark[]>;
  readonly running: readonly Running[];
  readonly picked: HistoryEntry | null;
  /** Since when which lane has been broken. */
  readonly broken: readonly Broken[];
  readonly now: number;
}

/** What began then and is not mended yet. */
interface Broken {
  readonly kind: HistoryKind;
  readonly since: number;
}

/** Draws all of the timeline. */
export function paint(pen: Pen, scene: TimelineFrame, palette: Palette): void {
  const { width, height, view, marks, running, picked, broken, now } = scene;
  const { axis, lane } = lanesOf(height);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, width, height);
  for (const [i] of LANES.entries()) {
    if (i % 2 === 1) continue;
    pen.fillStyle = palette.lane;
    pen.fillRect(0, axis + i * lane, width, lane);
  }
  for (const { kind, since } of broken) {
    const x = Math.max(0, toX(view, width, since));
    const to = Math.min(width, toX(view, width, now));
    if (to <= x) continue;
    pen.fillStyle = palette.tones.bad.soft;
    pen.fillRect(x, axis + LANES.indexOf(kind) * lane, to - x, lane);
  }
  paintAxis(pen, scene, palette);
  for (const [i, kind] of LANES.entries()) {
    const top = axis + i * lane;
    for (const { kind: of, since } of running) {
      if (of !== kind) continue;
      const x = Math.max(-4, toX(view, width, since));
      const to = Math.min(width + 4, toX(view, width, now));
      if (to < x) continue;
      if (kind === 'server') paintLife(pen, x, to - x, top, lane, palette);
      else paintRunning(pen, x, to - x, top, lane, palette);
    }
    let chosen: Mark | null = null;
    for (const mark of marks.get(kind) ?? []) {
      paintMark(pen, mark, top, lane, palette);
      if (picked?.kind === kind && stands(mark.entry, picked)) chosen = whole(chosen, mark);
    }
    if (chosen !== null) paintPicked(pen, chosen, top, lane, palette);
  }
  paintNow(pen, scene, palette);
}

function paintAxis(pen: Pen, { view, width, height, now }: TimelineFrame, palette: Palette): void {
  const { axis } = lanesOf(height);
  const wedge = toX(view, width, now);
  pen.font = palette.font;
  pen.textBaseline = 'middle';
  pen.lineWidth = 1;
  for (const { at, label, major } of ticksOf(view, width)) {
    const x = Math.round(toX(view, width, at)) + 0.5;
    pen.strokeStyle = major ? palette.strong : palette.line;
    pen.beginPath();
    pen.moveTo(x, major ? 2 : axis - 5);
    pen.lineTo(x, height);
    pen.stroke();
    pen.fillStyle = major ? palette.text : palette.faint;
    // Half a label at the edge would read as another time; and none lies under the wedge of now.
    const end = x + 4 + pen.measureText(label).width;
    const isUnder = wedge + WEDGE > x && wedge - WEDGE < end;
    if (end <= width && !isUnder) pen.fillText(label, x + 4, axis / 2);
  }
}

/** Half of the wedge's width, and a little air, px. */
const WEDGE = 7;

/** Now is a line with a wedge at its top; beyond it is nothing yet. */
function paintNow(pen: Pen, { view, width, height, now }: TimelineFrame, palette: Palette): void {
  const x = toX(view, width, now);
  if (x < 0 || x > width) return;
  const { axis } = lanesOf(height);
  pen.fillStyle = palette.busy.edge;
  pen.fillRect(Math.round(x) - 0.5, axis - 4, 1.5, height - axis + 4);
  pen.beginPath();
  pen.moveTo(x - 4, axis - 9);
  pen.lineTo(x + 4, axis - 9);
  pen.lineTo(x, axis - 3);
  pen.fill();
}

/** What lies in several tiles is drawn in parts, and framed as one. */
function whole(before: Mark | null, mark: Mark): Mark {
  if (before?.entry.id !== mark.entry.id) return mark;
  const x = Math.min(before.x, mark.x);
  return { ...mark, x, width: Math.max(before.x + before.width, mark.x + mark.width) - x };
}

/** Whether an entry is drawn for another one: it is that, or it stands for several, of which that is one. */
const stands = (drawn: HistoryEntry, picked: HistoryEntry): boolean =>
  drawn.id === picked.id ||
  (drawn.count > 1 && drawn.at <= picked.at && picked.at <= drawn.at + (drawn.took ?? 0));
