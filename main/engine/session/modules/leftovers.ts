import type { GraphNode, ModuleGraph } from '#shared/contract.ts';
import type { Workspace } from '../../workspace/workspace.ts';

type Files = Pick<Workspace, 'libraries' | 'files'>;

/** A workspace as it is shown: what its manifests say, and what is still there of what they said before. */
export interface Shown<W extends Files = Workspace> {
  workspace: W;
  graph: ModuleGraph;
}

/**
 * Keeps nodes that the workspace no longer has (removed, renamed, or gone with another branch) as long as the server has them
 * mapped. They keep their place in the order and their files; they are marked as gone. Pure.
 * @param before what was shown until now, with what was kept then.
 * @param isMapped does the server have it mapped?
 */
export function withLeftovers<W extends Files>(
  next: Shown<W>,
  before: Shown<W>,
  isMapped: (name: string) => boolean,
): Shown<W> {
  const known = new Set(next.graph.nodes.map((node) => node.name));
  const left = before.graph.nodes.filter(
    ({ name, role }) => role !== 'external' && !known.has(name) && isMapped(name),
  );
  if (left.length === 0) return next;
  const names = new Set(left.map((node) => node.name));
  const nodes = left.map(
    (node): GraphNode => ({
      ...node,
      needs: node.needs.filter((need) => known.has(need) || names.has(need)),
      isGone: true,
    }),
  );
  return {
    graph: {
      ...next.graph,
      nodes: [...next.graph.nodes, ...nodes].sort((a, b) => (a.name < b.name ? -1 : 1)),
      order: orderWith(next.graph.order, before.graph.order, names),
    },
    workspace: {
      ...next.workspace,
      libraries: [
        ...next.workspace.libraries,
        ...before.workspace.libraries.filter((library) => names.has(library.package)),
      ],
      files: new Map([
        ...next.workspace.files,
        ...[...before.workspace.files].filter(([name]) => names.has(name)),
      ]),
    },
  };
}

/** Those that are gone are still where they were in the stack of the server: above what they were above. */
function orderWith(order: readonly string[], before: readonly string[], gone: ReadonlySet<string>): string[] {
  const whole = [...order];
  before.forEach((name, at) => {
    if (!gone.has(name)) return;
    const below = before.slice(0, at).findLast((each) => whole.includes(each));
    whole.splice(below === undefined ? 0 : whole.indexOf(below) + 1, 0, name);
  });
  return whole;
}

/** Does it hold a node that is gone and that the server has let go of since? */
export const isOver = ({ graph }: Pick<Shown, 'graph'>, isMapped: (name: string) => boolean): boolean =>
  graph.nodes.some(({ name, isGone }) => isGone === true && !isMapped(name));
