import { type Box, boundsOf, type PlacedNode } from '../layout/arrangement.ts';

export interface Arrow {
  readonly x: number;
  /** Where it begins and where its point is; upwards when `tip < tail`. */
  readonly tail: number;
  readonly tip: number;
  readonly width: number;
}

/** How thick the arrows are at most, in the graph's units, and as a share of what they run over. */
const ARROW_WIDTH = 36;
const ARROW_SHARE = 0.07;

/**
 * Returns the SVG path data of a straight arrow with a barbed head; always the same commands, so that it can be
 * animated.
 */
export function arrowPath({ x, tail, tip, width }: Arrow): string {
  const up = tip <= tail ? 1 : -1;
  const length = Math.abs(tail - tip);
  const head = Math.min(width * 1.9, length);
  const half = width / 2;
  const wing = width * 1.05;
  const barb = tip + up * head;
  const notch = tip + up * head * 0.72;
  const points: [number, number][] = [
    [x - half, tail],
    [x - half, notch],
    [x - wing, barb],
    [x, tip],
    [x + wing, barb],
    [x + half, notch],
    [x + half, tail],
  ];
  return `M ${points.map(([px, py]) => `${round(px)} ${round(py)}`).join(' L ')} Z`;
}

const round = (n: number) => Math.round(n * 10) / 10;

/**
 * Returns the red arrow over the nodes that go, or the green one over those that come: the red climbs from the lowest
 * node to the highest that has gone, the green descends from the highest node to the lowest that has come.
 * @param all every node that the reload is about; the arrows stand at a quarter and three quarters of their width.
 * @param reached those that were reached so far.
 */
export function reloadArrow(
  step: 'unload' | 'load',
  all: readonly PlacedNode[],
  reached: readonly PlacedNode[],
  width = ARROW_WIDTH,
): Arrow | null {
  if (all.length === 0 || reached.length === 0) return null;
  const area = boundsOf(all);
  const x = area.x + area.width * (step === 'unload' ? 0.25 : 0.75);
  const part = boundsOf(reached);
  const thick = Math.min(width, Math.max(12, area.width * ARROW_SHARE));
  return step === 'unload'
    ? { x, tail: bottom(area) - indent(area), tip: part.y + indent(part), width: thick }
    : { x, tail: area.y + indent(area), tip: bottom(part) - indent(part), width: thick };
}

const bottom = (box: Box) => box.y + box.height;
const indent = (box: Box) => Math.min(9, box.height / 5);
