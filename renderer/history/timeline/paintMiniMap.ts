import { reachableRange, useHistory } from '../historyStore.ts';
import { spanOf, type TimeRange, toX } from '../tiles/timeScale.ts';
import { LANES, toneRank } from './timelineMarks.ts';

/** Widens a moment to a range that can be drawn. */
export const spread = ({ from, to }: TimeRange): TimeRange => ({ from, to: Math.max(to, from + 1000) });

/** Draws all of the history in a strip: a line for each lane, what went wrong on top. */
export function drawMap(canvas: HTMLCanvasElement): void {
  const scale = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext('2d');
  if (pen === null || width === 0) return;
  pen.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const [quiet, good, warn, bad] = [color('text-3'), color('good'), color('warn'), color('bad')];
  const whole = spread(reachableRange());
  const lane = height / LANES.length;
  const entries = [...useHistory.getState().overview].sort((a, b) => toneRank(a) - toneRank(b));
  for (const { kind, at, took, tone, count, wrong } of entries) {
    const x = toX(whole, width, at);
    const wide = Math.max(1, ((took ?? 0) / spanOf(whole)) * width);
    const top = LANES.indexOf(kind) * lane;
    const grave = tone === 'bad' ? bad : warn;
    // A life is long and says little: it is drawn thin, and a crash where it ended.
    if (kind === 'server') {
      pen.fillStyle = wrong > 0 ? grave : quiet;
      if (wrong > 0) pen.fillRect(x + wide - 1, top, 1.5, lane);
      pen.fillStyle = quiet;
      pen.fillRect(x, top + lane / 2 - 0.5, wide, 1);
      continue;
    }
    const part = wrong === 0 ? 0 : Math.max(1.5, ((lane - 1) * wrong) / count);
    pen.fillStyle = kind === 'edit' || tone === 'quiet' ? quiet : good;
    pen.fillRect(x, top + part, wide, lane - 1 - part);
    pen.fillStyle = grave;
    if (part > 0) pen.fillRect(x, top, wide, part);
  }
}
