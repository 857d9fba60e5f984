import type { Double, GraphNode, ModuleGraph } from '#shared/contract.ts';

/**
 * Returns the crates that exist several times and of which this node contains a copy; for an external crate, its own
 * copies.
 */
export function crateCopiesOf({ name, role }: GraphNode, { doubles = [] }: ModuleGraph): Double[] {
  return doubles.filter(({ crate, copies }) =>
    // A crate in two versions has them in its name.
    role === 'external' ? crate === name.split(' ')[0] : copies.some(({ module }) => module === name),
  );
}
