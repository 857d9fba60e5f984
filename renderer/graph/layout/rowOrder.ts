/** Orders the nodes within their rows so that arrows are short and cross little: barycentre sweeps. */
import type { GraphNode } from '#shared/contract.ts';
import { swapNeighbors } from './neighborSwaps.ts';
import { type Row, slotX } from './rowShape.ts';

const SWEEPS = 6;
/** Among more nodes than that nobody follows single arrows: two sweeps must do. */
const LEGIBLE = 1000;

/**
 * Reorders the members of each row. A node moves towards the mean of what it needs on the way down, of what needs
 * it on the way up; the best order seen, by the total sideways length of the arrows, is kept.
 */
export function orderRows(nodes: readonly GraphNode[], rows: readonly Row[]): void {
  const up = neighbors(nodes);
  const down = reversed(up);
  const x = new Float64Array(nodes.length);
  const key = new Float64Array(nodes.length);
  // Third-party libraries pull nothing towards them, nor do nodes in a single column: they say nothing of left and right.
  const pulls = nodes.map((node) => node.role !== 'external');
  for (const { members, shape } of rows) {
    if (shape.columns === 1) for (const member of members) pulls[member] = false;
  }
  const measure = ({ members, shape }: Row) => {
    members.forEach((member, slot) => {
      x[member] = slotX(shape, slot) + shape.nodeWidth / 2;
    });
  };
  const settle = (row: Row, towards: readonly number[][]) => {
    for (const member of row.members) key[member] = mean(towards[member] ?? [], x, pulls) ?? x[member] ?? 0;
    row.members.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0));
    measure(row);
  };

  const legible = nodes.length <= LEGIBLE;
  const sweeps = legible ? SWEEPS : 2;
  rows.forEach(measure);
  let best = rows.map((row) => row.members.slice());
  let least = sidewaysLength(up, x, pulls);
  for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
    for (const row of rows) settle(row, up);
    for (const row of rows.toReversed()) settle(row, down);
    const length = sidewaysLength(up, x, pulls);
    if (length >= least) break;
    least = length;
    best = rows.map((row) => row.members.slice());
  }
  rows.forEach((row, index) => {
    row.members = best[index] ?? row.members;
    measure(row);
  });
  if (legible) {
    const pulling = nodes.map((_, at) =>
      [...(up[at] ?? []), ...(down[at] ?? [])].filter((each) => pulls[each]),
    );
    swapNeighbors(rows, x, pulling);
  }
  // Third-party libraries follow the final order of those who use them.
  for (const row of rows)
    if (row.members.every((member) => nodes[member]?.role === 'external')) settle(row, down);
}

function neighbors(nodes: readonly GraphNode[]): number[][] {
  const indices = new Map(nodes.map((node, index) => [node.name, index]));
  return nodes.map((node) => {
    const found: number[] = [];
    for (const name of node.needs) {
      const index = indices.get(name);
      if (index !== undefined) found.push(index);
    }
    return found;
  });
}

function reversed(edges: readonly number[][]): number[][] {
  const back: number[][] = edges.map(() => []);
  edges.forEach((targets, from) => {
    for (const target of targets) back[target]?.push(from);
  });
  return back;
}

function mean(members: readonly number[], x: Float64Array, pulls: readonly boolean[]): number | null {
  let sum = 0;
  let count = 0;
  for (const member of members) {
    if (pulls[member] !== true) continue;
    sum += x[member] ?? 0;
    count++;
  }
  return count === 0 ? null : sum / count;
}

function sidewaysLength(edges: readonly number[][], x: Float64Array, pulls: readonly boolean[]): number {
  let length = 0;
  edges.forEach((targets, from) => {
    if (pulls[from] !== true) return;
    for (const target of targets) {
      if (pulls[target] === true) length += Math.abs((x[from] ?? 0) - (x[target] ?? 0));
    }
  });
  return length;
}
