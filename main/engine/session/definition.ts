import type { ModuleGraph } from '#shared/contract.ts';
import { type BuildRecord, joinRecords } from '../building/buildRecord.ts';
import type { RecordFile } from '../building/recordFile.ts';
import { type Result, success } from '../result.ts';
import { configStamp, readCargoConfig } from '../rust/cargoConfig.ts';
import type { Choices } from '../workspace/choices.ts';
import { openWorkspace } from '../workspace/open.ts';
import { placed } from '../workspace/placed.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readWorkspaceGraph } from '../workspace/workspaceGraph.ts';

interface Options {
  workspace: Workspace;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  choices: Choices;
  /** What cargo said of the last build, and where that is kept. */
  made: BuildRecord | null;
  records: RecordFile;
}

/** What the open workspace is by its manifests, its settings and what was chosen for it. */
export class Definition {
  readonly #options: Options;
  #workspace: Workspace;
  #made: BuildRecord | null;
  /** What build scripts said in a build that was not Hotdeck's own. */
  #earlier: BuildRecord | null = null;
  #readable = true;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#made = options.made;
    this.#workspace = placed(options.workspace, options.made);
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
    const opened = await openWorkspace(this.#workspace.root, env, choices.current);
    const workspace = opened.ok ? success(placed(opened.value, this.#made)) : opened;
    const graph = workspace.ok ? readWorkspaceGraph(workspace.value) : workspace;
    this.#readable = graph.ok;
    if (workspace.ok && graph.ok) this.#workspace = workspace.value;
    return graph;
  }

  /**
   * Where no build of Hotdeck's own is known, finds out what build scripts said in an earlier build of cargo's: libraries that they
   * made are found where they put them.
   */
  async readEarlierBuild(): Promise<void> {
    const { places, buildSystem } = this.#workspace;
    if (this.#made?.key === places.key && this.#made !== this.#earlier) return;
    const earlier = await buildSystem.readEarlierBuild();
    // Meanwhile a build of our own may have ended, or other settings be in force.
    const isOwn = this.#made?.key === places.key && this.#made !== this.#earlier;
    if (isOwn || this.#workspace.places.key !== places.key) return;
    this.#earlier = earlier;
    this.#made = earlier;
    this.#workspace = placed(this.#workspace, earlier);
  }

  /** A build has ended: its files are where cargo said. @param whole see BuildOptions.onRecord. */
  noteBuild(record: BuildRecord, whole: boolean): void {
    this.#made = whole ? record : joinRecords(this.#made, record);
    this.#workspace = placed(this.#workspace, this.#made);
    void this.#options.records.write(this.#made);
  }

  /** Whether cargo's configuration says what it said when the workspace was read; many of its files are not watched. */
  async isConfiguredAsBefore(): Promise<boolean> {
    const { root, buildEnvironment, buildArguments, configured } = this.#workspace;
    return configStamp(await readCargoConfig(root, buildEnvironment, buildArguments)) === configured;
  }
}
