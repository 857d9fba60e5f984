import type { Mode, ModuleGraph } from '../../../preload/contract.ts';
import type { Mapped } from '../process/images.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Linked, readLinked } from './linked.ts';
import { modeOf } from './mode.ts';

interface Read {
  workspace: Workspace;
  graph: ModuleGraph;
  linked: Linked;
  /** Is the family's cfg in force? Null until cargo has said so. */
  cfg: boolean | null;
}

/** Keeps what decides whether the server can be reloaded. Only of the family cargo is asked, beside everything else. */
export class ModeReader {
  readonly #onChange: () => void;
  #read: Read | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The workspace or its graph was read anew. */
  redefine(workspace: Workspace, graph: ModuleGraph): void {
    const before = this.#read;
    const cfg = before !== null && before.workspace === workspace ? before.cfg : null;
    const read: Read = { workspace, graph, linked: readLinked(workspace, graph.order), cfg };
    this.#read = read;
    if (workspace.family !== null && cfg === null) void this.#ask(workspace, workspace.family.mods);
  }

  /** @param mapped what the server has mapped; null while none runs. */
  mode(mapped: Mapped | null): Mode {
    if (this.#read === null) return { name: 'modules' };
    const { graph, linked } = this.#read;
    const opened = graph.order.some(
      (name) => !linked.byProgram.has(name) && (mapped?.get(name)?.length ?? 0) > 0,
    );
    return modeOf({ ...this.#read, opened });
  }

  async #ask(workspace: Workspace, cfg: string): Promise<void> {
    const { cfgInForce } = await import('../setup/cfgInForce.ts');
    const inForce = await cfgInForce(workspace, cfg);
    if (this.#read?.workspace !== workspace || inForce === null) return;
    this.#read = { ...this.#read, cfg: inForce };
    this.#onChange();
  }
}
