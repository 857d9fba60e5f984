import type { GraphNode } from '#shared/contract.ts';
import { staleAfter } from '../../graph/impact.ts';
import type { Artifact } from '../../process/artifacts.ts';

/** What the build that runs is going to replace, and what the last one failed at. */
export class BuildMarks {
  readonly #building = new Set<string>();
  readonly #failed = new Set<string>();

  /** Nodes that the running build has yet to replace. */
  get building(): ReadonlySet<string> {
    return this.#building;
  }

  /** Nodes that the last build found errors in. */
  get failed(): ReadonlySet<string> {
    return this.#failed;
  }

  /** A build begins that takes in edits of these: it makes them, what depends on them, and what was never built. */
  begin(
    edited: ReadonlySet<string>,
    nodes: readonly GraphNode[],
    artifacts: ReadonlyMap<string, Artifact | null>,
  ): void {
    const unbuilt = nodes.filter((node) => node.role !== 'external' && !artifacts.get(node.name));
    this.end([]);
    for (const name of staleAfter(edited, nodes)) this.#building.add(name);
    for (const { name } of unbuilt) this.#building.add(name);
  }

  /** It has written the file of this one. */
  built(name: string): void {
    this.#building.delete(name);
  }

  /** It was cancelled: what failed before is as it was. */
  cancel(): void {
    this.#building.clear();
  }

  /** It has ended, with errors in these. */
  end(broken: readonly string[]): void {
    this.#building.clear();
    this.#failed.clear();
    for (const name of broken) this.#failed.add(name);
  }
}
