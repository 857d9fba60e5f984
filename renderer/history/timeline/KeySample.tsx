import { useEffect, useRef } from 'react';
import { useWindow } from '../../state/store.ts';
import type { KeyMark } from './keyGroups.ts';
import { paintMark, paintRunning } from './paintMark.ts';
import { readPalette } from './palette.ts';

const [WIDTH, HEIGHT] = [30, 28];
/** Heads of marks reach a little above their lane. */
const [TOP, LANE] = [2, 26];

/** Draws a mark as the timeline paints it. */
export function KeySample({ sample }: { sample: KeyMark }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useWindow((state) => state.dark);
  // biome-ignore lint/correctness/useExhaustiveDependencies: repainted in the colors of the other theme
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d') ?? null;
    if (element === null || pen === null) return;
    const scale = window.devicePixelRatio;
    element.width = WIDTH * scale;
    element.height = HEIGHT * scale;
    pen.scale(scale, scale);
    const palette = readPalette(element, pen);
    if (sample.name === 'running') paintRunning(pen, 5, 18, TOP, LANE, palette);
    else if (sample.name === 'broken') {
      pen.fillStyle = palette.tones.bad.soft;
      pen.fillRect(2, 4, WIDTH - 4, HEIGHT - 8);
    } else {
      const { entry, width } = sample;
      const mark = {
        entry,
        x: entry.outcome === 'unseen' ? 1 : (WIDTH - width) / 2,
        width,
        begins: true,
        ends: true,
      };
      paintMark(pen, mark, TOP, LANE, palette);
    }
  }, [sample, dark]);
  return <canvas ref={canvas} className="key-sample" />;
}
