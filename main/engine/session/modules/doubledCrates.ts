import type { Double, ModuleGraph } from '#shared/contract.ts';
import { readDoubles } from '../../workspace/readDoubles.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Emitter } from '../emitter.ts';

/** So long after a build or an opening, when all else is done, in ms. */
const CALM_MS = 500;

/** Looks which crates exist several times among the program and its libraries, when nobody waits for anything. */
export class DoubledCrates {
  readonly #events = new Emitter<{ found: [doubles: Double[]] }>();
  #found: Double[] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  readonly on = this.#events.on;

  /** As they were found last; undefined where no file was looked at, and the manifests name none. */
  get found(): Double[] | undefined {
    return this.#found;
  }

  /** The files or the manifests are others now. */
  look(workspace: Workspace, graph: ModuleGraph): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#look(workspace, graph), CALM_MS);
  }

  async #look(workspace: Workspace, graph: ModuleGraph): Promise<void> {
    const timer = this.#timer;
    const found = await readDoubles(workspace, graph);
    // Meanwhile there may be newer ones to look at.
    if (this.#isClosed || timer !== this.#timer) return;
    // That manifests name none is no news; that the files hold none is.
    const isNews = found.length > 0 || this.#found !== undefined || graph.rolesFrom === 'artifacts';
    if (!isNews) return;
    this.#found = found;
    this.#events.emit('found', found);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
