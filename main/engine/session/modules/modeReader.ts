import type { Mode, ModuleGraph } from '#shared/contract.ts';
import type { Mapped } from '../../process/images.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Emitter } from '../emitter.ts';
import { readLinked } from './linked.ts';
import { modeOf } from './mode.ts';

interface Read {
  workspace: Workspace;
  graph: ModuleGraph;
  /** Libraries that the program is linked to, by package. */
  linked: ReadonlySet<string>;
  /** Is the family's cfg in force? Null until cargo has said so. */
  cfg: boolean | null;
}

/** Keeps what decides whether the server can be reloaded. Only of the family cargo is asked, beside everything else. */
export class ModeReader {
  readonly #events = new Emitter<{ change: [] }>();
  #read: Read | null = null;
  readonly #opened = new Set<string>();

  /** `change`: the mode may be another one now. */
  readonly on = this.#events.on;

  /** The workspace or its graph was read again. */
  redefine(workspace: Workspace, graph: ModuleGraph): void {
    const before = this.#read;
    const cfg = before !== null && before.workspace === workspace ? before.cfg : null;
    const read: Read = { workspace, graph, linked: readLinked(workspace), cfg };
    this.#read = read;
    if (workspace.family !== null && cfg === null) void this.#ask(workspace, workspace.family.mods);
  }

  /** @param mapped what the server has mapped; null while none runs. */
  mode(mapped: Mapped | null): Mode {
    if (this.#read === null) return { name: 'modules' };
    const opened = openedOf(this.#read, mapped);
    for (const name of opened) this.#opened.add(name);
    return modeOf({ ...this.#read, opened: opened.length > 0 });
  }

  /** The modules that a server of this session has had open. */
  get opened(): ReadonlySet<string> {
    return this.#opened;
  }

  async #ask(workspace: Workspace, cfg: string): Promise<void> {
    const { cfgInForce } = await import('../../setup/cfgInForce.ts');
    const inForce = await cfgInForce(workspace, cfg);
    if (this.#read?.workspace !== workspace || inForce === null) return;
    this.#read = { ...this.#read, cfg: inForce };
    this.#events.emit('change');
  }
}

/** What the server has mapped without being linked to it; or more often than it is linked. */
const openedOf = ({ graph, linked }: Read, mapped: Mapped | null): string[] =>
  graph.order.filter((name) => (mapped?.get(name)?.length ?? 0) > (linked.has(name) ? 1 : 0));
