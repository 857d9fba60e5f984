import { type Forecast, forecast } from '../../history/forecast.ts';
import type { HistoryStore } from '../../history/historyStore.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Inventory } from '../modules/inventory.ts';
import { memberOf } from '../modules/owners.ts';

/** So many builds are looked through for such as the one that begins. */
const LOOKED_THROUGH = 60;

/** Looks up what the history says about a build that takes in these files; null where it can't be read. */
export async function forecastBuild(
  session: { inventory: Pick<Inventory, 'graph' | 'artifacts'>; workspace: Workspace },
  history: Pick<HistoryStore, 'latestBuilds'>,
  files: readonly string[],
): Promise<Forecast | null> {
  const { graph, artifacts } = session.inventory;
  // A file of no crate stands for itself: the settings of the workspace, say.
  const ownerOf = (file: string): string => memberOf(session.workspace, file) ?? file;
  const unbuilt = graph.nodes.flatMap(({ name, role }) =>
    role !== 'external' && !artifacts.get(name) ? [name] : [],
  );
  try {
    const past = await history.latestBuilds(LOOKED_THROUGH);
    return forecast(past, new Set(files.map(ownerOf)), unbuilt, ownerOf);
  } catch {
    // Whoever looks at the history is told why; a build goes on without a guess.
    return null;
  }
}
