import type { Arrangement, Box, PlacedNode } from '../layout/arrangement.ts';

/** Room that a line keeps from the corners of the nodes it touches, and from those it passes. */
const INSET = 18;
const PASS = 6;
/** How far right of everything a line runs that finds no gap. */
const OUTSIDE = 12;

/**
 * Routes an edge from the caller up to what it calls, as SVG path data. It leaves at the top, keeps clear of the nodes
 * in between where there is a way, and ends `stop` short of the callee, for the arrow's head.
 */
export function route(arrangement: Arrangement, from: PlacedNode, to: PlacedNode, stop = 0): string {
  if (to.row >= from.row) return around(from, to, stop);
  const start = from.y;
  const end = to.y + to.height + stop;
  const between = arrangement.rows.slice(to.row + 1, from.row);
  const shared = overlap(from, to);
  const wanted = shared === null ? (middle(from) + middle(to)) / 2 : wish(from, to, shared);
  if (between.length === 0) {
    if (shared !== null) return `M ${wanted} ${start} V ${end}`;
    return `M ${near(from, middle(to))} ${start} ${curve(near(from, middle(to)), start, near(to, middle(from)), end)}`;
  }
  const lane = freeLane(
    arrangement,
    between.flatMap((row) => row.nodes),
    wanted,
  );
  const first = near(from, lane);
  const last = near(to, lane);
  const low = between.at(-1);
  const high = between[0];
  const lowEdge = low === undefined ? start : low.y + low.height;
  const highEdge = high?.y ?? end;
  return [
    `M ${first} ${start}`,
    first === lane ? `V ${lowEdge}` : curve(first, start, lane, lowEdge),
    `V ${highEdge}`,
    last === lane ? `V ${end}` : curve(lane, highEdge, last, end),
  ].join(' ');
}

const middle = (box: Box) => box.x + box.width / 2;

/** The place on the node's top or bottom that is nearest to `x`. */
function near(box: Box, x: number): number {
  const inset = Math.min(INSET, box.width / 2);
  return clamp(x, box.x + inset, box.x + box.width - inset);
}

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

function overlap(a: Box, b: Box): readonly [number, number] | null {
  const low = Math.max(a.x, b.x) + INSET;
  const high = Math.min(a.x + a.width, b.x + b.width) - INSET;
  return high >= low ? [low, high] : null;
}

function wish(from: Box, to: Box, [low, high]: readonly [number, number]): number {
  return clamp(middle(from.width <= to.width ? from : to), low, high);
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (y1 - y2) / 2;
  return `C ${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`;
}

/** The x nearest to `wanted` where a vertical line meets none of the nodes. */
function freeLane(arrangement: Arrangement, nodes: readonly Box[], wanted: number): number {
  const blocked = nodes
    .map((box): [number, number] => [box.x - PASS, box.x + box.width + PASS])
    .sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [low, high] of blocked) {
    const last = merged.at(-1);
    if (last !== undefined && low < last[1]) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  const hit = merged.find(([low, high]) => wanted > low && wanted < high);
  if (hit === undefined) return wanted;
  const right = arrangement.bounds.x + arrangement.bounds.width;
  // Past the left edge run the rails, so a line that finds no gap goes round the right side.
  const ways = merged.flat().filter((x) => x >= arrangement.bounds.x && x <= right);
  const free = ways.filter((x) => !merged.some(([low, high]) => x > low && x < high));
  return free.reduce(
    (best, x) => (Math.abs(x - wanted) < Math.abs(best - wanted) ? x : best),
    right + OUTSIDE,
  );
}

/** A line to a node that is not above: nothing a tidy graph has, but a cycle does. */
function around(from: PlacedNode, to: PlacedNode, stop: number): string {
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const x2 = to.x + to.width + stop;
  const y2 = to.y + to.height / 2;
  const out = Math.max(x1, x2) + 40;
  return `M ${x1} ${y1} C ${out} ${y1} ${out} ${y2} ${x2} ${y2}`;
}
