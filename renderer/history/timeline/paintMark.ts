/** What an entry looks like in its lane: its outcome is told by shape and pattern, color repeats it. */

import { isEnd } from '../entryTexts.ts';
import type { Palette } from './palette.ts';
import type { Mark } from './timelineMarks.ts';

type Pen = CanvasRenderingContext2D;

/** From here on a bar is wide enough for its pattern and an edge of its own. */
const WIDE = 6;

/** A lane this high has room for a head on every mark, px. */
const ROOMY = 18;

/** This many together fill their lane; the scale is logarithmic. */
const FULL = 128;

/** Draws a mark. @param top of its lane. @param lane its height, px. */
export function paintMark(pen: Pen, mark: Mark, top: number, lane: number, palette: Palette): void {
  const { kind, outcome, count } = mark.entry;
  if (count > 1) paintSeveral(pen, mark, top, lane, palette);
  else if (kind === 'edit') paintEdit(pen, mark, top, lane, palette);
  else if (kind === 'server') paintServer(pen, mark, top, lane, palette);
  else if (outcome === 'interrupted') paintHollow(pen, mark, top, lane, palette.tones.warning.edge);
  else if (outcome === 'cancelled' || outcome === 'nothing')
    paintHollow(pen, mark, top, lane, palette.tones.quiet.edge);
  else paintBar(pen, mark, top, lane, palette);
}

/** Where the body of a bar lies in its lane: above it is room for a flag. */
const body = (top: number, lane: number): { y: number; height: number } => ({
  y: top + lane * 0.3,
  height: lane * 0.58,
});

/** Several: a column as high as they are many, the part of it that went wrong on top, crossed. */
function paintSeveral(
  pen: Pen,
  { x, width, entry }: Mark,
  top: number,
  lane: number,
  palette: Palette,
): void {
  const { kind, count, wrong } = entry;
  const room = lane * 0.84;
  const bottom = top + lane * 0.92;
  const height = room * Math.min(1, 0.4 + (0.6 * Math.log2(count)) / Math.log2(FULL));
  const part = wrong === 0 ? 0 : Math.max(4, (height * wrong) / count);
  if (kind === 'server') paintLife(pen, x, width, top, lane, palette);
  else {
    pen.fillStyle = kind === 'edit' ? palette.tones.quiet.edge : palette.tones.good.edge;
    pen.globalAlpha = 0.8;
    pen.fillRect(x, bottom - height + part, width, height - part);
    pen.globalAlpha = 1;
  }
  if (part === 0) return;
  pen.fillStyle = palette.tones[entry.tone === 'bad' ? 'bad' : 'warning'].fill;
  pen.fillRect(x, bottom - height, width, part);
}

/** Edits are ticks. */
function paintEdit(pen: Pen, { x }: Mark, top: number, lane: number, palette: Palette): void {
  const { y, height } = body(top, lane);
  pen.fillStyle = palette.tones.quiet.edge;
  pen.fillRect(x, y, 2, height);
  if (lane >= ROOMY) diamond(pen, x + 1, y, Math.min(4, lane * 0.16));
}

function paintHollow(pen: Pen, { x, width }: Mark, top: number, lane: number, color: string): void {
  const { y, height } = body(top, lane);
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.setLineDash([2, 2]);
  pen.strokeRect(x + 0.5, y + height * 0.2, Math.max(1, width - 1), height * 0.6);
  pen.setLineDash([]);
}

function paintBar(
  pen: Pen,
  { x, width, entry, begins }: Mark,
  top: number,
  lane: number,
  palette: Palette,
): void {
  const { y, height } = body(top, lane);
  const tone = palette.tones[entry.tone];
  const isStuck = entry.outcome === 'stuck';
  pen.fillStyle = width >= WIDE ? (isStuck ? palette.stuck : tone.fill) : tone.edge;
  pen.fillRect(x, y, width, height);
  if (width >= WIDE && entry.tone !== 'good') {
    pen.strokeStyle = tone.edge;
    pen.lineWidth = 1.5;
    pen.strokeRect(x + 0.75, y + 0.75, width - 1.5, height - 1.5);
  }
  if (!begins) return;
  pen.fillStyle = tone.edge;
  const middle = x + Math.min(width, WIDE) / 2;
  const size = Math.min(4, lane * 0.14);
  if (isStuck) pen.fillRect(middle - size, y - 2 * size - 1, 2 * size, 2 * size);
  else if (entry.outcome === 'crashed') burst(pen, middle, y - size - 1, size + 0.5, tone.edge);
  else if (entry.tone === 'bad') flag(pen, middle, y - 1, size);
  else if (entry.tone === 'warning') diamond(pen, middle, y - size - 1, size);
  else if (entry.kind === 'reload' && lane >= ROOMY) disc(pen, middle, y, size);
}

/** A life is a low bar; its end is a flat stop or a burst, its beginning a wedge, and readiness a ring. */
function paintServer(pen: Pen, mark: Mark, top: number, lane: number, palette: Palette): void {
  const { x, width, entry, begins, ends } = mark;
  const { outcome, tone } = entry;
  const middle = top + lane * 0.56;
  const size = Math.min(5, lane * 0.2);
  if (isEnd(outcome)) {
    paintLife(pen, x, width, top, lane, palette);
    // Many short lives side by side: their ends are to stay apart.
    const room = Math.min(size + 1, Math.max(2.5, width / 2));
    if (outcome === 'crash' && ends) burst(pen, x + width, middle, room, palette.tones.bad.edge);
    else if (outcome === 'unseen' && ends) {
      // It went on for a while, nobody knows how long.
      pen.fillStyle = palette.life;
      for (const step of [3, 8, 13]) pen.fillRect(x + width + step, middle - 1, 2.5, 2);
    } else if (ends) {
      pen.fillStyle = palette.faint;
      pen.fillRect(x + width - 2.5, middle - size - 1, 2.5, 2 * size + 2);
    }
  } else if (begins && outcome === 'start') {
    pen.fillStyle = palette.faint;
    pen.beginPath();
    pen.moveTo(x, middle - size);
    pen.lineTo(x + 1.6 * size, middle);
    pen.lineTo(x, middle + size);
    pen.fill();
  } else if (begins) {
    pen.strokeStyle = palette.tones[tone].edge;
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.arc(x + 1, middle, Math.max(2, size * 0.6), 0, 7);
    pen.stroke();
  }
}

export function paintLife(
  pen: Pen,
  x: number,
  width: number,
  top: number,
  lane: number,
  palette: Palette,
): void {
  const height = Math.max(3, lane * 0.22);
  pen.fillStyle = palette.life;
  pen.fillRect(x, top + lane * 0.56 - height / 2, width, height);
}

/** Draws what is in progress: its bar grows. */
export function paintRunning(
  pen: Pen,
  x: number,
  width: number,
  top: number,
  lane: number,
  palette: Palette,
): void {
  const { y, height } = body(top, lane);
  pen.fillStyle = palette.busy.fill;
  pen.fillRect(x, y, Math.max(3, width), height);
  pen.strokeStyle = palette.busy.edge;
  pen.lineWidth = 1.5;
  pen.strokeRect(x + 0.75, y + 0.75, Math.max(1.5, width - 1.5), height - 1.5);
}

/** Draws a frame around the selected mark. */
export function paintPicked(pen: Pen, mark: Mark, top: number, lane: number, palette: Palette): void {
  const x = mark.x - 2.5;
  const width = mark.width + 5;
  pen.strokeStyle = palette.surface;
  pen.lineWidth = 4;
  pen.strokeRect(x, top + 2, width, lane - 4);
  pen.strokeStyle = palette.focus;
  pen.lineWidth = 2;
  pen.strokeRect(x, top + 2, width, lane - 4);
}

/** A wedge that points at what failed. */
function flag(pen: Pen, x: number, y: number, size: number): void {
  pen.beginPath();
  pen.moveTo(x - size, y - 2 * size);
  pen.lineTo(x + size, y - 2 * size);
  pen.lineTo(x, y);
  pen.fill();
}

function diamond(pen: Pen, x: number, y: number, size: number): void {
  pen.beginPath();
  pen.moveTo(x, y - size);
  pen.lineTo(x + size, y);
  pen.lineTo(x, y + size);
  pen.lineTo(x - size, y);
  pen.fill();
}

function disc(pen: Pen, x: number, y: number, size: number): void {
  pen.beginPath();
  pen.arc(x, y, size, 0, 7);
  pen.fill();
}

function burst(pen: Pen, x: number, y: number, size: number, color: string): void {
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const [dx, dy] of [
    [1, 1],
    [1, -1],
  ] as const) {
    pen.moveTo(x - size * dx, y - size * dy);
    pen.lineTo(x + size * dx, y + size * dy);
  }
  pen.stroke();
}
