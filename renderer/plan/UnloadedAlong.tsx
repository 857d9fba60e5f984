import type { ModuleGraph } from '#shared/contract.ts';
import { labelIn } from '../state/labels.ts';

/** Names the libraries that leave the server along with the modules, as nothing else needs them. */
export function UnloadedAlong({ names, graph }: { names: readonly string[]; graph: ModuleGraph }) {
  if (names.length === 0) return null;
  return (
    <p className="along" title="Based on the linked files">
      Also unloaded, because only unloaded modules need it:{' '}
      {names.map((name) => labelIn(graph, name)).join(', ')}. The contents of its statics are lost.
    </p>
  );
}
