import type { ModuleGraph } from '../../../preload/contract.ts';
import type { Result } from '../result.ts';
import type { Choices } from '../setup/choices.ts';
import { openWorkspace } from '../workspace/open.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readWorkspaceGraph } from '../workspace/workspaceGraph.ts';

interface Options {
  workspace: Workspace;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  choices: Choices;
}

/** What the open workspace is by its manifests, its settings and what was chosen for it. */
export class Definition {
  readonly #options: Options;
  #workspace: Workspace;
  #readable = true;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#workspace = options.workspace;
  }

  /** As it was when it could be read the last time. */
  get workspace(): Workspace {
    return this.#workspace;
  }

  /** As the latest reading found it, which is waited for; null where that failed. */
  async current(): Promise<Workspace | null> {
    await this.#reading;
    return this.#readable ? this.#workspace : null;
  }

  /** Reads all of it again. Errors: those of openWorkspace, and cycles in the graph; then it stays what it was. */
  read(): Promise<Result<ModuleGraph>> {
    const reading = this.#read();
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #read(): Promise<Result<ModuleGraph>> {
    const { env, choices } = this.#options;
    const workspace = await openWorkspace(this.#workspace.root, env, choices.current);
    const graph = workspace.ok ? readWorkspaceGraph(workspace.value) : workspace;
    this.#readable = graph.ok;
    if (workspace.ok && graph.ok) this.#workspace = workspace.value;
    return graph;
  }
}
