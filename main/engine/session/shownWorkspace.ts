import type { ModuleGraph } from '#shared/contract.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readWorkspaceGraph } from '../workspace/workspaceGraph.ts';
import type { Definition } from './definition.ts';
import { Emitter } from './emitter.ts';
import { workspaceState } from './initialState.ts';
import { DoubledCrates } from './modules/doubledCrates.ts';
import type { Inventory } from './modules/inventory.ts';
import { isOver, type Shown, withLeftovers } from './modules/leftovers.ts';
import { ModeReader } from './modules/modeReader.ts';
import type { ModuleStates } from './modules/moduleStates.ts';
import type { ConditionNotices } from './notices/conditionNotices.ts';
import type { Notices } from './notices/notices.ts';
import type { Reloads } from './reload/reloads.ts';
import type { SessionStore } from './store.ts';

interface Parts {
  readonly definition: Definition;
  readonly inventory: Pick<Inventory, 'graph' | 'images' | 'mapped' | 'redefine'>;
  readonly states: Pick<ModuleStates, 'statuses'>;
  readonly reloads: Pick<Reloads, 'moving'>;
  readonly conditions: Pick<ConditionNotices, 'checkOrder' | 'tellRemarks'>;
  readonly notices: Pick<Notices, 'add' | 'clear'>;
  readonly store: SessionStore;
}

/**
 * The workspace as the window shows it: as its manifests and settings were read last, with modules that are gone from it and
 * that the server still has mapped.
 */
export class ShownWorkspace {
  readonly #parts: Parts;
  readonly #events = new Emitter<{ redefined: []; mode: [] }>();
  readonly #mode = new ModeReader();
  readonly #doubled = new DoubledCrates();
  #shown: Shown;

  constructor(parts: Parts, workspace: Workspace, graph: ModuleGraph) {
    this.#parts = parts;
    this.#shown = { workspace, graph };
    this.#doubled.on('found', (doubles) => parts.store.set({ graph: { ...parts.inventory.graph, doubles } }));
    this.#doubled.look(workspace, graph);
    this.#mode.on('change', () => this.#events.emit('mode'));
    this.#mode.redefine(workspace, graph);
  }

  /** `redefined`: what is shown was read again; `mode`: whether it can be reloaded may be answered otherwise now. */
  readonly on = this.#events.on;

  /** The kind of build that this is, by what the server has mapped. */
  get mode(): ReturnType<ModeReader['mode']> {
    return this.#mode.mode(this.#parts.inventory.mapped);
  }

  /** The modules that a server of this session has had open. */
  get opened(): ReadonlySet<string> {
    return this.#mode.opened;
  }

  /** Reads manifests and settings again, after one of them changed. */
  async reread(): Promise<void> {
    const { definition, notices } = this.#parts;
    const graph = await definition.read();
    if (!graph.ok) {
      notices.add({ ...graph.failure, kind: 'workspace', severity: 'error', actions: [], modules: [] });
      return;
    }
    notices.clear('workspace');
    this.#redefine(graph.value);
  }

  /** Reads the graph again, after files were built. */
  rereadGraph(): void {
    const graph = readWorkspaceGraph(this.#parts.definition.workspace);
    if (graph.ok) this.#redefine(graph.value);
  }

  /** What is gone from the workspace goes from the screen once the server has let go of it. */
  dropLeftovers(): void {
    if (isOver(this.#shown, this.#isMapped)) this.rereadGraph();
  }

  close(): void {
    this.#doubled.close();
  }

  #redefine(read: ModuleGraph): void {
    const { inventory, conditions, store, states, reloads } = this.#parts;
    const current = this.#parts.definition.workspace;
    conditions.tellRemarks();
    this.#shown = withLeftovers({ workspace: current, graph: read }, this.#shown, this.#isMapped);
    const { workspace, graph } = this.#shown;
    inventory.redefine(workspace, graph);
    this.#mode.redefine(current, graph);
    store.set({
      workspace: workspaceState(current),
      programs: [...current.programs],
      mode: this.mode,
      graph: this.#doubled.found === undefined ? graph : { ...graph, doubles: this.#doubled.found },
      modules: states.statuses(reloads.moving),
    });
    this.#doubled.look(current, read);
    conditions.checkOrder();
    this.#events.emit('redefined');
  }

  readonly #isMapped = (name: string): boolean => this.#parts.inventory.images?.has(name) ?? false;
}
