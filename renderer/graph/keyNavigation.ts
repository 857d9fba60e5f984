import type { Arrangement, PlacedNode } from './layout/arrangement.ts';

const centre = (spot: PlacedNode) => spot.x + spot.width / 2;

/**
 * Returns the node that an arrow key leads to; null where there is none that way, or the key is another one.
 */
export function nodeInDirection(arrangement: Arrangement, from: string, key: string): string | null {
  const here = arrangement.placed.get(from);
  if (here === undefined) return null;
  const row = arrangement.rows[here.row]?.nodes ?? [];
  const at = row.findIndex((spot) => spot.node.name === from);
  switch (key) {
    case 'ArrowLeft':
      return row[at - 1]?.node.name ?? null;
    case 'ArrowRight':
      return row[at + 1]?.node.name ?? null;
    case 'ArrowUp':
      return nearest(arrangement.rows[here.row - 1]?.nodes, here);
    case 'ArrowDown':
      return nearest(arrangement.rows[here.row + 1]?.nodes, here);
    case 'Home':
      return arrangement.rows[0]?.nodes[0]?.node.name ?? null;
    case 'End':
      return arrangement.rows.at(-1)?.nodes.at(-1)?.node.name ?? null;
    default:
      return null;
  }
}

function nearest(row: readonly PlacedNode[] | undefined, here: PlacedNode): string | null {
  const [first, ...others] = row ?? [];
  if (first === undefined) return null;
  const off = (spot: PlacedNode) => Math.abs(centre(spot) - centre(here));
  return others.reduce((best, spot) => (off(spot) < off(best) ? spot : best), first).node.name;
}
