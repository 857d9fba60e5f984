/** Small repairs after the sweeps: neighbors change places where that makes their arrows shorter. */
import type { Row } from './rowShape.ts';

const PASSES = 6;
/** Less than this, in px, is rounding: swapping for it might never end. */
const WORTH = 1e-6;

/**
 * Swaps neighbors in each row, along the line and along the column, until nothing is gained or the passes are over.
 * @param x centre of each node; kept up to date.
 * @param neighbors for each node those that pull at it.
 */
export function swapNeighbors(rows: readonly Row[], x: Float64Array, neighbors: readonly number[][]): void {
  const strain = (node: number, at: number): number => {
    let sum = 0;
    for (const neighbor of neighbors[node] ?? []) sum += Math.abs(at - (x[neighbor] ?? 0));
    return sum;
  };
  const swap = (members: number[], i: number, j: number): boolean => {
    const [a, b] = [members[i], members[j]];
    if (a === undefined || b === undefined) return false;
    const [xa, xb] = [x[a] ?? 0, x[b] ?? 0];
    if (xa === xb || strain(a, xb) + strain(b, xa) > strain(a, xa) + strain(b, xb) - WORTH) return false;
    [members[i], members[j]] = [b, a];
    [x[a], x[b]] = [xb, xa];
    return true;
  };
  for (let pass = 0; pass < PASSES; pass++) {
    let swapped = false;
    for (const { members, shape } of rows) {
      for (let slot = 0; slot < members.length; slot++) {
        if (swap(members, slot, slot + 1)) swapped = true;
        if (shape.lines > 1 && swap(members, slot, slot + shape.lines)) swapped = true;
      }
    }
    if (!swapped) return;
  }
}
