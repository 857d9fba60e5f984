import type { Auto, Finding, LastReload, Mode, ModuleGraph, Plan, SessionPatch } from '#shared/contract.ts';
import type { BuildRecord } from '../cargo/buildRecord.ts';
import type { BuildOutcome } from '../cargo/cargoBuild.ts';
import type { RecordFile } from '../cargo/recordFile.ts';
import type { InputsFile } from '../cargo/why/inputsFile.ts';
import { EVENT_WORDS, LogEvents } from '../logs/events/logEvents.ts';
import { OutputStream } from '../logs/outputStream.ts';
import { OF_ONE_RUN } from '../logs/store/failures.ts';
import type { Mapped } from '../process/images.ts';
import { ServerControl, type ServerEnd } from '../process/serverControl.ts';
import type { Choices } from '../workspace/choices.ts';
import { holderOf } from '../workspace/holder.ts';
import { isOtherKind } from '../workspace/kindReader.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readWorkspaceGraph } from '../workspace/workspaceGraph.ts';
import { Builds } from './builds/builds.ts';
import { Linking } from './builds/linking.ts';
import { Problems } from './builds/problems.ts';
import { Whys } from './builds/whys.ts';
import { Definition } from './definition.ts';
import { initialState, workspaceState } from './initialState.ts';
import { DoubledCrates } from './modules/doubledCrates.ts';
import { type CodeMemory, Inventory } from './modules/inventory.ts';
import { isOver, type Shown, withLeftovers } from './modules/leftovers.ts';
import { ModeReader } from './modules/modeReader.ts';
import { brokenBy, ownersOf } from './modules/owners.ts';
import { type Replaced, ReplacedFiles } from './modules/replacedFiles.ts';
import { notTakenFinding, stuckFinding } from './notices/askFirst.ts';
import { ConditionNotices } from './notices/conditionNotices.ts';
import { LockNotice } from './notices/lockNotice.ts';
import { changedNotices } from './notices/noticeLife.ts';
import { Notices, noticeOfBuildFailure, noticeOfFailure } from './notices/notices.ts';
import { Logbook, type LogbookOptions } from './recording/logbook.ts';
import { Foresight } from './reload/foresight.ts';
import { ReloadCommands } from './reload/reloadCommands.ts';
import { Reloads } from './reload/reloads.ts';
import { SessionStore } from './store.ts';

export interface SessionOptions {
  workspace: Workspace;
  graph: ModuleGraph;
  auto: Auto;
  env: NodeJS.ProcessEnv;
  choices: Choices;
  inputs: InputsFile;
  /** What is known of code since earlier sessions. */
  code: CodeMemory;
  /** What cargo said of the last build, and where that is kept. */
  made: BuildRecord | null;
  records: RecordFile;
  /** Where and how long logs are kept, and who is told that they grow. */
  logs: Pick<LogbookOptions, 'data' | 'workspace' | 'keep' | 'onGrowth'>;
  onPatch(patch: SessionPatch): void;
}

/**
 * One open workspace: wires the parts together and owns the state. What the user may ask for is in actions.ts, what
 * happens by itself in triggers.ts; both work on this.
 */
export class Session {
  readonly output = { server: new OutputStream('server'), build: new OutputStream('build') };
  readonly store: SessionStore;
  readonly definition: Definition;
  readonly inventory: Inventory;
  readonly notices: Notices;
  readonly server: ServerControl;
  readonly builds: Builds;
  readonly reloads: Reloads;
  readonly foresight: Foresight;
  readonly logbook: Logbook;
  readonly whys: Whys;
  readonly problems = new Problems(this);
  /** Hears of artifacts that somebody else replaced. */
  onReplaced: (replaced: Replaced) => void = () => {};
  readonly #replaced = new ReplacedFiles((replaced) => this.onReplaced(replaced));
  /** Artifacts may have been written here since the last look. */
  #isOurs = true;
  readonly commands = new ReloadCommands(this);
  readonly #doubled: DoubledCrates;
  readonly #mode: ModeReader;
  readonly #linking: Linking;
  readonly #conditions: ConditionNotices;
  #refreshing: Promise<void> | null = null;
  #refreshAgain = false;
  readonly #log = new LogEvents();
  #shown: Shown;

  constructor(options: SessionOptions) {
    this.definition = new Definition(options);
    this.store = new SessionStore(
      initialState(options.workspace, options.graph, options.auto),
      options.onPatch,
    );
    this.inventory = new Inventory(options.workspace, options.graph, options.code, () => {
      if (!this.reloads.running) void this.refresh();
    });
    this.#doubled = new DoubledCrates((doubles) =>
      this.store.set({ graph: { ...this.inventory.graph, doubles } }),
    );
    this.#doubled.look(options.workspace, options.graph);
    this.#shown = { workspace: options.workspace, graph: options.graph };
    this.#mode = new ModeReader(() => this.publish());
    this.#mode.redefine(options.workspace, options.graph);
    this.notices = new Notices((notices) => this.store.set({ notices }));
    this.#conditions = new ConditionNotices(this);
    this.logbook = new Logbook({
      ...options.logs,
      output: this.output,
      onRuns: (runs) => this.store.set({ runs }),
      onFailure: (failure) => this.notices.add(noticeOfFailure(failure)),
    });
    this.server = new ServerControl({
      output: this.output.server,
      onStart: () => {
        this.notices.clear(...OF_ONE_RUN);
        this.inventory.loads.begin(Date.now());
        this.logbook.begin('server');
      },
      onBytes: (bytes) => this.logbook.append('server', bytes),
      onState: (server) => {
        this.store.set({ server });
        void this.refresh();
      },
      words: EVENT_WORDS,
      onLine: (line) => {
        this.reloads.noteLog(this.#log.push(line));
        return this.#log.isOpen;
      },
      onReadyLine: (witness) => {
        this.reloads.noteReady();
        this.server.ready(witness);
        // It says so after a reload, too: also after one that nobody here asked for.
        void this.refresh();
      },
      onEnd: (end) => this.#onServerEnd(end),
      isStatic: () => this.mode.name === 'static',
      processes: () => this.inventory.processes.seen,
    });
    this.builds = new Builds({
      workspace: () => this.workspace,
      output: { push: (text) => this.#onBuildOutput(text) },
      gate: () => this.#beforeBuild(),
      onState: (build) => this.store.set({ build }),
      onEdited: (edited) => this.store.set({ edited }),
      onStart: (files) => this.#onBuildStart(files),
      onArtifact: (name) => {
        this.inventory.building.delete(name);
        this.foresight.noteArtifact(name);
        void this.refresh();
      },
      onCancelled: () => {
        this.inventory.building.clear();
        this.foresight.endBuild('cancelled');
        void this.logbook.end('build', 'cancelled');
        void this.refresh();
      },
      onRecord: (record, whole) => this.definition.noteBuild(record, whole),
      onEnd: (outcome) => this.#onBuildEnd(outcome),
    });
    const lockNotice = new LockNotice(this.notices);
    this.builds.observe({
      edited: () => {},
      began: () => {},
      event: (event) => lockNotice.note(event),
      ended: () => lockNotice.close(),
    });
    this.whys = new Whys(this, options.inputs);
    this.#linking = new Linking({
      choices: options.choices,
      workspace: () => this.workspace,
      reread: () => this.reread(),
      notices: this.notices,
    });
    this.foresight = new Foresight({
      inventory: this.inventory,
      workspace: () => this.workspace,
      onFound: () => this.#onFound(),
      onBuiltElsewhere: () => void this.refresh(),
    });
    this.reloads = new Reloads({
      inventory: this.inventory,
      server: () => this.server,
      answersReloads: () => (this.workspace.profile === 'conduwuit' ? true : null),
      newness: () => this.workspace.newness,
      label: (name) => this.label(name),
      holder: (name) => holderOf(this.workspace, name),
      timeout: () => this.workspace.reloadTimeout,
      by: () => this.workspace.reload,
      onChange: (lastReload) => {
        this.store.set({ lastReload });
        this.logbook.noteReload(lastReload);
        this.publish();
      },
    });
    this.#conditions.checkOrder();
    this.#conditions.tellRemarks();
  }

  get workspace(): Workspace {
    return this.definition.workspace;
  }

  /** Whether what was built can be reloaded, and if not, why. */
  get mode(): Mode {
    return this.#mode.mode(this.inventory.mapped);
  }

  /** The modules that a server of this session has had open. */
  get openedModules(): ReadonlySet<string> {
    return this.#mode.opened;
  }

  label(name: string): string {
    return this.inventory.graph.nodes.find((node) => node.name === name)?.label ?? name;
  }

  /** Looks at disk and process again, and tells what is new. Calls that come together share a look. */
  refresh(): Promise<void> {
    this.#refreshAgain = true;
    this.#refreshing ??= this.#refresh();
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    // Ends no sooner than its caller has its promise in hand.
    await Promise.resolve();
    while (this.#refreshAgain) {
      this.#refreshAgain = false;
      const seen = this.foresight.beginLook();
      // A running reload has its own, faster eyes, and needs what was mapped before it.
      let before: Mapped | null = null;
      if (this.reloads.running) await this.inventory.lookAtDisk();
      else before = await this.inventory.look(this.server.pid);
      if (!this.reloads.running) {
        seen();
        this.#dropLeftovers();
      }
      this.#replaced.note(this.inventory.artifacts, this.#isOurs || this.builds.busy);
      this.#isOurs = this.builds.busy;
      this.#conditions.tellBlind();
      this.#conditions.tellOverwritten();
      // Images that changed though nobody here sent a signal: it came from another terminal, or from the server.
      if (before !== null && this.server.state.name === 'running')
        void this.watchReload(this.workspace.reload.by === 'self' ? 'self' : 'outside', before);
      else this.publish();
      void this.foresight.update();
    }
    this.#refreshing = null;
  }

  /** What a reload would do now, and what is in its way as far as that was worked out. */
  plan(): Plan {
    const moves = this.inventory.moves();
    const told = (finding: Finding): Finding => {
      if (this.inventory.stuck.has(finding.module)) return stuckFinding(finding);
      const isRefused = moves.notTaken.includes(finding.module);
      return isRefused ? notTakenFinding(finding, this.workspace.newness) : finding;
    };
    const along = this.foresight.along(moves);
    return {
      ...moves,
      along,
      // What goes along comes back as it is on disk: that takes no restart.
      restart: moves.restart.filter((name) => !along.includes(name)),
      findings: this.foresight.findings(moves).map(told),
    };
  }

  /** The same, with everything worked out. */
  async foreseen(): Promise<Plan> {
    await this.foresight.update();
    return this.plan();
  }

  #onFound(): void {
    this.publish();
    const { reload } = this.workspace;
    const changed = changedNotices(this.notices.list, {
      plan: this.plan(),
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

  /** Tells the states and the plan that follow from what is known. */
  publish(): void {
    this.store.set({
      mode: this.mode,
      modules: this.inventory.statuses(this.reloads.moving),
      ...(this.reloads.running ? {} : { plan: this.plan() }),
    });
  }

  /**
   * Reloads under the eyes of the memory maps.
   * @param begin sends the signal; or, where somebody else has sent it, what was mapped before.
   */
  async watchReload(cause: LastReload['cause'], begin: (() => void) | Mapped): Promise<void> {
    if (!this.server.beginReload()) return;
    this.notices.clear('nothing-stale', 'needs-restart', 'blocked');
    const finished = await this.reloads.watch(cause, this.store.state.plan, begin);
    for (const name of finished?.swapped ?? []) this.inventory.edits.delete(name);
    this.whys.loaded(finished?.swapped ?? []);
    // First a look, then the word: a running server whose images have changed was reloaded by somebody else.
    await this.refresh();
    this.server.endReload();
  }

  /** Reads manifests and settings again, after one of them changed. */
  async reread(): Promise<void> {
    const graph = await this.definition.read();
    if (!graph.ok) {
      this.notices.add({ ...graph.failure, kind: 'workspace', severity: 'error', actions: [], modules: [] });
      return;
    }
    this.notices.clear('workspace');
    this.#redefine(graph.value);
  }

  #redefine(read: ModuleGraph): void {
    this.#conditions.tellRemarks();
    this.#shown = withLeftovers({ workspace: this.workspace, graph: read }, this.#shown, this.#isMapped);
    const { workspace, graph } = this.#shown;
    this.inventory.redefine(workspace, graph);
    this.#mode.redefine(this.workspace, graph);
    this.store.set({
      workspace: workspaceState(this.workspace),
      programs: [...this.workspace.programs],
      mode: this.mode,
      graph: this.#doubled.found === undefined ? graph : { ...graph, doubles: this.#doubled.found },
      modules: this.inventory.statuses(this.reloads.moving),
    });
    this.#doubled.look(this.workspace, read);
    this.#conditions.checkOrder();
    void this.refresh();
  }

  readonly #isMapped = (name: string): boolean => this.inventory.images?.has(name) ?? false;

  /** What is gone from the workspace goes from the screen once the server has let go of it. */
  #dropLeftovers(): void {
    if (!isOver(this.#shown, this.#isMapped)) return;
    const graph = readWorkspaceGraph(this.workspace);
    if (graph.ok) this.#redefine(graph.value);
  }

  /** Where cargo was configured otherwise since, in a file that nobody watches, the build is of another workspace. */
  async #beforeBuild(): Promise<void> {
    if (!(await this.definition.isConfiguredAsBefore())) await this.reread();
    await this.reloads.done;
  }

  /** Hotdeck itself is about to write artifacts. */
  noteOwnFiles(): void {
    this.#isOurs = true;
  }

  #onBuildStart(files: readonly string[]): void {
    this.#isOurs = true;
    this.inventory.beginBuild(new Set(files.flatMap((file) => ownersOf(this.workspace, file))));
    this.notices.clear('build', 'link-trouble', 'added');
    this.foresight.beginBuild();
    this.logbook.begin('build');
    this.publish();
  }

  async #onBuildEnd(outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>): Promise<void> {
    this.inventory.endBuild(outcome.kind === 'ok' ? [] : brokenBy(this.workspace, outcome.problems));
    this.foresight.endBuild(outcome.kind);
    this.logbook.noteBuild(outcome.kind);
    void this.logbook.end('build', outcome.kind);
    await this.problems.take(outcome, outcome.began);
    if (outcome.kind === 'failed') {
      const isExplained = outcome.problems.some((problem) => problem.level === 'error');
      if (!isExplained) this.notices.add(noticeOfBuildFailure(outcome.message));
      this.#conditions.tellAdded(outcome.problems);
    } else {
      this.notices.clear('set-up');
      if (isOtherKind(this.workspace)) await this.reread();
      const graph = readWorkspaceGraph(this.workspace);
      if (graph.ok) this.#redefine(graph.value);
    }
    await this.#linking.noteBuild(outcome);
    await this.refresh();
  }

  #onBuildOutput(text: string): void {
    this.output.build.push(text);
    this.logbook.append('build', Buffer.from(text));
  }

  #onServerEnd(end: ServerEnd): void {
    void this.logbook.end('server', end.signal ?? String(end.code));
    this.reloads.noteLog(this.#log.flush());
    this.reloads.stop();
    const overwritten = end.crashed ? this.inventory.writtenTo() : Promise.resolve([]);
    this.inventory.forget();
    void this.#conditions.tellEnd(end, overwritten);
    void this.refresh();
  }

  /** Ends everything that runs; the server within about `grace` ms. */
  async close(grace: number): Promise<void> {
    this.commands.close();
    this.#doubled.close();
    const waits = { first: grace * 0.6, term: grace * 0.3 };
    await Promise.all([this.builds.close(), this.server.stop(this.workspace, waits)]);
    this.#replaced.close();
    await this.#refreshing;
    await Promise.all([this.foresight.close(), this.logbook.close(), this.inventory.close()]);
    this.output.server.close();
    this.output.build.close();
  }
}
