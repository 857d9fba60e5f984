import type { LastReload, Mode, ModuleGraph, Plan } from '#shared/contract.ts';
import type { BuildRecord } from '../building/buildRecord.ts';
import type { RecordFile } from '../building/recordFile.ts';
import type { InputsFile } from '../building/why/inputsFile.ts';
import type { Forecast } from '../history/forecast.ts';
import { OutputStream } from '../logs/outputStream.ts';
import type { Mapped } from '../process/images.ts';
import type { ServerControl } from '../process/serverControl.ts';
import type { Choices } from '../workspace/choices.ts';
import { holderOf } from '../workspace/holder.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { Builds } from './builds/builds.ts';
import { LeavingOut } from './builds/leavingOut.ts';
import { Linking } from './builds/linking.ts';
import { Problems } from './builds/problems.ts';
import { RebuildReasons } from './builds/rebuildReasons.ts';
import { Definition } from './definition.ts';
import { followBuilds, printBuild, takeInBuild } from './followBuilds.ts';
import { hostServer } from './hostServer.ts';
import { Looks } from './looks.ts';
import { BuildMarks } from './modules/buildMarks.ts';
import { EditLedger } from './modules/editLedger.ts';
import { type CodeMemory, Inventory } from './modules/inventory.ts';
import { ModuleStates } from './modules/moduleStates.ts';
import { memberOf, ownersOf } from './modules/owners.ts';
import { ReplacedFiles } from './modules/replacedFiles.ts';
import { ConditionNotices } from './notices/conditionNotices.ts';
import { changedNotices } from './notices/noticeLife.ts';
import { Notices, noticeOfFailure } from './notices/notices.ts';
import { Logbook, type LogbookOptions } from './recording/logbook.ts';
import { Foresight } from './reload/foresight.ts';
import { Planner } from './reload/planner.ts';
import { ReloadCommands } from './reload/reloadCommands.ts';
import { Reloads } from './reload/reloads.ts';
import { ShownWorkspace } from './shownWorkspace.ts';
import type { SessionStore } from './store.ts';

export interface SessionOptions {
  workspace: Workspace;
  graph: ModuleGraph;
  /** Holds the initial state. */
  store: SessionStore;
  env: NodeJS.ProcessEnv;
  choices: Choices;
  inputs: InputsFile;
  /** What is known of code since earlier sessions. */
  code: CodeMemory;
  /** What cargo said of the last build, and where that is kept. */
  made: BuildRecord | null;
  records: RecordFile;
  /** Where and how long logs are kept. */
  logs: Pick<LogbookOptions, 'data' | 'workspace' | 'keep'>;
  /** What the history says of a build that takes in these files. */
  forecast(files: readonly string[]): Promise<Forecast | null>;
}

/**
 * One open workspace: makes its parts and connects them. Each part owns one thing and reports it by events; this is where they
 * meet. What the user may ask for is in actions.ts, what happens by itself in triggers.ts; both work on this.
 */
export class Session {
  readonly output = { server: new OutputStream('server'), build: new OutputStream('build') };
  readonly store: SessionStore;
  readonly definition: Definition;
  readonly edits = new EditLedger((file) => ({
    member: memberOf(this.workspace, file),
    owners: ownersOf(this.workspace, file),
  }));
  readonly marks = new BuildMarks();
  readonly inventory: Inventory;
  readonly states: ModuleStates;
  readonly notices = new Notices();
  readonly conditions: ConditionNotices;
  readonly server: ServerControl;
  readonly builds: Builds;
  readonly problems = new Problems(this);
  readonly linking: Linking;
  readonly leavingOut: LeavingOut;
  readonly rebuildReasons: RebuildReasons;
  readonly foresight: Foresight;
  readonly planner: Planner;
  readonly reloads: Reloads;
  readonly commands = new ReloadCommands(this);
  readonly logbook: Logbook;
  readonly replacedFiles = new ReplacedFiles();
  readonly looks: Looks;
  readonly shown: ShownWorkspace;

  constructor(options: SessionOptions) {
    const { workspace, graph, store, choices } = options;
    this.store = store;
    this.definition = new Definition(options);
    this.inventory = new Inventory(workspace, graph, options.code);
    this.states = new ModuleStates({
      ...{ inventory: this.inventory, edits: this.edits, marks: this.marks },
      whyOf: (name, isStale) => this.rebuildReasons.of(name, isStale),
    });
    this.conditions = new ConditionNotices(this);
    this.logbook = new Logbook({ ...options.logs, output: this.output });
    this.foresight = new Foresight({
      ...{ inventory: this.inventory, states: this.states, workspace: () => this.workspace },
    });
    this.planner = new Planner(this);
    this.reloads = this.#makeReloads();
    this.shown = new ShownWorkspace(this, workspace, graph);
    this.builds = this.#makeBuilds(options.forecast);
    this.server = hostServer(this);
    this.looks = new Looks(this);
    this.rebuildReasons = new RebuildReasons(this, options.inputs);
    this.leavingOut = new LeavingOut({
      ...{ choices, workspace: () => this.workspace, reread: () => this.reread() },
      opened: () => this.shown.opened,
      isBeingEdited: (name) =>
        this.inventory.artifacts.get(name) != null && this.edits.changedModules.has(name),
    });
    this.linking = new Linking({
      ...{ choices, notices: this.notices, workspace: () => this.workspace, reread: () => this.reread() },
    });
    this.#connect();
    this.conditions.checkOrder();
    this.conditions.tellRemarks();
  }

  #makeBuilds(forecast: SessionOptions['forecast']): Builds {
    return new Builds({
      workspace: () => this.workspace,
      edits: this.edits,
      output: { push: (text) => printBuild(this, text) },
      gate: () => this.#beforeBuild(),
      forecast,
      explain: (outcome) => this.rebuildReasons.explain(outcome),
      retry: (outcome) => this.leavingOut.noteFailed(outcome),
      takeIn: (outcome) => takeInBuild(this, outcome),
    });
  }

  #makeReloads(): Reloads {
    return new Reloads({
      inventory: this.inventory,
      server: () => this.server,
      answersReloads: () => (this.workspace.profile === 'conduwuit' ? true : null),
      newness: () => this.workspace.newness,
      label: (name) => this.label(name),
      holder: (name) => holderOf(this.workspace, name),
      timeout: () => this.workspace.reloadTimeout,
      by: () => this.workspace.reload,
    });
  }

  #connect(): void {
    const { store } = this;
    followBuilds(this, this.builds);
    this.notices.on('change', (notices) => store.set({ notices }));
    this.edits.on('waiting', (edited) => store.set({ edited }));
    this.logbook.on('runs', (runs) => store.set({ runs }));
    this.logbook.on('failure', (failure) => this.notices.add(noticeOfFailure(failure)));
    this.inventory.on('known', () => {
      if (!this.reloads.running) void this.refresh();
    });
    this.foresight.on('found', () => this.#onFound());
    this.foresight.on('built-elsewhere', () => void this.refresh());
    this.shown.on('mode', () => this.publish());
    this.shown.on('redefined', () => void this.refresh());
    this.looks.on('looked', (before) => this.#onLooked(before));
    this.reloads.on('change', (lastReload) => {
      store.set({ lastReload });
      this.logbook.noteReload(lastReload);
      this.publish();
    });
  }

  get workspace(): Workspace {
    return this.definition.workspace;
  }

  /** Whether what was built can be reloaded, and if not, why. */
  get mode(): Mode {
    return this.shown.mode;
  }

  label(name: string): string {
    return this.inventory.graph.nodes.find((node) => node.name === name)?.label ?? name;
  }

  /** Looks at disk and process again. Calls that come together share a look. */
  refresh(): Promise<void> {
    return this.looks.refresh();
  }

  /** Reads manifests and settings again, after one of them changed. */
  reread(): Promise<void> {
    return this.shown.reread();
  }

  /** The reload plan with everything worked out that is in its way. */
  foreseen(): Promise<Plan> {
    return this.planner.foreseen();
  }

  /** Updates the states and the plan that follow from what is known. */
  publish(): void {
    this.store.set({
      mode: this.mode,
      modules: this.states.statuses(this.reloads.moving),
      ...(this.reloads.running ? {} : { plan: this.planner.plan() }),
    });
  }

  /**
   * Watches a reload in the memory maps.
   * @param begin sends the signal; or, where somebody else has sent it, what was mapped before.
   */
  async watchReload(cause: LastReload['cause'], begin: (() => void) | Mapped): Promise<void> {
    if (!this.server.beginReload()) return;
    this.notices.clear('nothing-stale', 'needs-restart', 'blocked');
    const { built } = this.edits;
    const finished = await this.reloads.watch(cause, this.store.state.plan, begin);
    if (finished !== null) this.edits.swap(finished.swapped, built);
    this.rebuildReasons.loaded(finished?.swapped ?? []);
    // First a look, then the word: a running server whose images have changed was reloaded by somebody else.
    await this.refresh();
    this.server.endReload();
  }

  /** Ends everything that runs; the server within about `grace` ms. */
  async close(grace: number): Promise<void> {
    this.commands.close();
    this.shown.close();
    const waits = { first: grace * 0.6, term: grace * 0.3 };
    await Promise.all([this.builds.close(), this.server.stop(this.workspace, waits)]);
    this.replacedFiles.close();
    await this.looks.close();
    await Promise.all([this.foresight.close(), this.logbook.close(), this.inventory.close()]);
    this.output.server.close();
    this.output.build.close();
  }

  /** @param before what was mapped before images went; null where none have. */
  #onLooked(before: Mapped | null): void {
    if (!this.reloads.running) this.shown.dropLeftovers();
    this.conditions.tellBlind();
    this.conditions.tellOverwritten();
    // Images that changed though nobody here sent a signal: it came from another terminal, or from the server.
    if (before !== null && this.server.state.name === 'running')
      void this.watchReload(this.workspace.reload.by === 'self' ? 'self' : 'outside', before);
    else this.publish();
    void this.foresight.update();
  }

  #onFound(): void {
    this.publish();
    const { reload } = this.workspace;
    const changed = changedNotices(this.notices.list, {
      plan: this.planner.plan(),
      graph: this.inventory.graph,
      server: this.server.state.name,
      isGuess: this.inventory.blind !== null,
      isLoaded: this.inventory.isLoaded,
      newness: this.workspace.newness,
      signal: reload.by === 'signal' ? reload.signal : null,
      isThere: (name) => this.inventory.artifacts.get(name) != null,
    });
    for (const { id, now } of changed) this.notices.replace(id, now);
  }

  /** Where cargo was configured otherwise since, in a file that nobody watches, the build is of another workspace. */
  async #beforeBuild(): Promise<void> {
    const isAsBefore = await this.definition.isConfiguredAsBefore();
    if (!isAsBefore || (await this.leavingOut.hasChanged())) await this.reread();
    await this.reloads.done;
  }
}
