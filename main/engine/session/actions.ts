import type { Auto, LastReload, Plan, RequestParams } from '../../../preload/contract.ts';
import type { BuildOutcome } from '../build/cargoBuild.ts';
import { dependentsOf } from '../graph/closure.ts';
import { SIGNAL_KEYS } from '../process/serverProcess.ts';
import { failed, type Result, success } from '../result.ts';
import { noticeBefore, noticeOfNothing } from './askFirst.ts';
import { notBuilt } from './notBuilt.ts';
import { renewArtifacts } from './renew.ts';
import type { Session } from './session.ts';

const DONE: Result<null> = success(null);
const NOT_RUNNING = failed('not-running', 'No server is running.', 'Start it first.');

/** What the user may ask of a session: each request, turned into what this workspace needs for it. */
export class Actions {
  readonly #session: Session;
  readonly #onAuto: (auto: Auto) => void;
  /** A reload key that was pressed during a build, waiting for its end. */
  #held: string | null = null;

  constructor(session: Session, onAuto: (auto: Auto) => void) {
    this.#session = session;
    this.#onAuto = onAuto;
  }

  /** Starts the server; builds first where the program was never built. */
  async start(): Promise<Result<null>> {
    const session = this.#session;
    const { inventory, builds, server, workspace } = session;
    if (server.pid !== null) return failed('already-running', 'The server is running already.');
    await session.refresh();
    const unbuilt = [workspace.program.node, ...inventory.graph.order].some(
      (name) => !inventory.artifacts.get(name),
    );
    if (unbuilt || builds.busy) {
      const outcome = await builds.build('Start');
      if (outcome.kind !== 'ok') return notBuilt(outcome);
    }
    session.notices.clear('port-in-use', 'missing-library', 'undefined-symbol', 'died-at-start', 'crashed');
    session.notices.clear('late-undefined-symbol', 'needs-restart', 'nothing-stale');
    const started = await server.start(session.workspace);
    if (started.ok) this.#forgetBuiltEdits();
    await session.refresh();
    return started;
  }

  async shutdown(): Promise<Result<null>> {
    if (this.#session.server.pid === null) return NOT_RUNNING;
    await this.#session.server.stop(this.#session.workspace);
    return DONE;
  }

  async restart(): Promise<Result<null>> {
    await this.#session.server.stop(this.#session.workspace);
    return this.start();
  }

  async build(): Promise<Result<null>> {
    await this.#reloadAfter(this.#session.builds.build('Build'));
    return DONE;
  }

  cancelBuild(): Result<null> {
    this.#session.builds.cancel();
    return DONE;
  }

  /** An edit: whatever is being built is out of date. */
  async buildAfterEdit(file: string): Promise<void> {
    await this.#reloadAfter(this.#session.builds.rebuild(file));
  }

  /**
   * After a set-up was applied, taken back or changed: reads the workspace again, and has it built where saves do that;
   * where they don't, it offers to. Does not wait for the build.
   */
  async afterSetup({
    trigger,
    build,
  }: {
    trigger: string;
    build: 'now' | 'as saves do' | 'no';
  }): Promise<void> {
    const session = this.#session;
    await session.reread();
    session.notices.clear('set-up', 'link-trouble');
    if (build === 'no') return;
    if (build === 'now' || session.store.state.auto.buildOnSave) void this.buildAfterEdit(trigger);
    else {
      session.notices.add({
        kind: 'set-up',
        severity: 'info',
        message: 'The set-up has changed: what is built is out of date.',
        remedy: 'Build, then start the server.',
        actions: ['build'],
        modules: [],
      });
    }
  }

  /** Swaps what is stale. Never during a build: it waits for one, and gives up if it fails. */
  async reload({ modules, anyway = false }: RequestParams<'reload'>): Promise<Result<null>> {
    const session = this.#session;
    const { builds, inventory, mode, server } = session;
    if (mode.name === 'static') return failed('static', mode.reason, mode.remedy);
    if (server.state.name !== 'running') return notReady(server.state.name);
    const unknown = modules?.find((name) => !inventory.graph.order.includes(name));
    if (unknown !== undefined) return failed('unknown-module', `There is no module ${unknown}.`);
    const isBuilt = builds.busy || builds.edited.length > 0 || session.foresight.isBuiltElsewhere;
    if (modules !== undefined || isBuilt) {
      const outcome = await builds.build(
        modules === undefined ? 'Reload' : `Reload ${modules.map((name) => session.label(name)).join(', ')}`,
      );
      if (outcome.kind !== 'ok') return notBuilt(outcome);
    }
    await session.refresh();
    const plan = await session.foreseen();
    if (!anyway && this.#asks(plan)) return DONE;
    const wanted = modules ?? plan.unload;
    if (!wanted.some((name) => plan.unload.includes(name))) {
      if (!anyway) {
        session.notices.add(noticeOfNothing(plan, inventory.graph, modules ?? [], inventory.blind !== null));
        return DONE;
      }
      // Who reloads in spite of what is in the way means the reload as it is planned.
      if (modules !== undefined || !isStale(plan)) {
        const renewed = await this.#renew(modules ?? inventory.graph.order);
        if (!renewed.ok) return renewed;
      }
    }
    return this.#signal('reload');
  }

  setAuto(change: RequestParams<'setAuto'>): Result<null> {
    const { auto } = this.#session.store.state;
    const next: Auto = {
      buildOnSave: change.buildOnSave ?? auto.buildOnSave,
      reloadAfterBuild: change.reloadAfterBuild ?? auto.reloadAfterBuild,
    };
    this.#session.store.set({ auto: next });
    this.#onAuto(next);
    return DONE;
  }

  /** Keys for the server's terminal. The one that means "reload" is watched like any other reload. */
  async input({ data }: RequestParams<'input'>): Promise<Result<null>> {
    const { server, builds, workspace } = this.#session;
    const { reload } = workspace.signals;
    const key = this.#session.mode.name === 'static' ? undefined : SIGNAL_KEYS[reload];
    if (key === undefined || !data.includes(key) || server.state.name !== 'running') {
      server.write(data, key === undefined ? null : reload);
      return DONE;
    }
    if (!builds.busy) return this.#signal('terminal', data);
    if (this.#held !== null) return DONE;
    this.#held = data;
    this.#tell('held', 'A build is running: the reload waits for its end.', null);
    const outcome = await builds.build('Reload');
    this.#held = null;
    this.#session.notices.clear('held');
    return outcome.kind === 'ok' ? this.#signal('terminal', data) : notBuilt(outcome);
  }

  resize({ stream, columns, rows }: RequestParams<'resize'>): Result<null> {
    if (stream === 'server') this.#session.server.resize(columns, rows);
    return DONE;
  }

  dismissNotice({ noticeId }: RequestParams<'dismissNotice'>): Result<null> {
    this.#session.notices.dismiss(noticeId);
    return DONE;
  }

  async #reloadAfter(build: Promise<BuildOutcome>): Promise<void> {
    const outcome = await build;
    const session = this.#session;
    if (outcome.kind !== 'ok') return;
    if (!session.store.state.auto.reloadAfterBuild || session.server.state.name !== 'running') return;
    if (session.mode.name === 'static') return;
    const plan = await session.foreseen();
    if (!this.#asks(plan) && plan.unload.length > 0) await this.#signal('after-build');
  }

  /** Asks before a reload that something is in the way of. */
  #asks(plan: Plan): boolean {
    const notice = noticeBefore(plan, this.#session.inventory.graph);
    if (notice !== null) this.#session.notices.add(notice);
    return notice !== null;
  }

  async #signal(cause: LastReload['cause'], keys?: string): Promise<Result<null>> {
    const session = this.#session;
    await session.refresh();
    // Between the look and the signal a save may have started a build.
    if (session.builds.busy)
      return failed('building', 'A build has just begun.', 'Reload again when it is over.');
    if (session.server.state.name !== 'running') return notReady(session.server.state.name);
    const { reload } = session.workspace.signals;
    await session.watchReload(cause, () =>
      keys === undefined
        ? session.server.signalReload(session.workspace)
        : session.server.write(keys, reload),
    );
    return DONE;
  }

  /** "Reload anyway": new inodes for these modules, and for all that the server's rule unloads before them. */
  async #renew(modules: readonly string[]): Promise<Result<null>> {
    const { inventory, workspace } = this.#session;
    const { order, nodes } = inventory.graph;
    const lowest = Math.min(...modules.map((name) => order.indexOf(name)));
    const taken =
      workspace.rule === 'stack'
        ? new Set(order.slice(lowest))
        : new Set([...modules, ...dependentsOf(modules, nodes)]);
    const renewed = order.filter((name) => taken.has(name));
    const files = renewed.flatMap((name) => inventory.fileOf(name) ?? []);
    const result = await renewArtifacts(files);
    await this.#session.refresh();
    return result;
  }

  /** After a start, what was built is what runs. */
  #forgetBuiltEdits(): void {
    this.#session.whys.loaded(this.#session.inventory.artifacts.keys());
    const pending = new Set(this.#session.builds.edited);
    for (const [name, file] of this.#session.inventory.edits) {
      if (!pending.has(file)) this.#session.inventory.edits.delete(name);
    }
  }

  #tell(kind: string, message: string, remedy: string | null): void {
    this.#session.notices.add({ kind, severity: 'info', message, remedy, actions: [], modules: [] });
  }
}

const isStale = ({ unload, leftBehind, restart }: Plan): boolean =>
  unload.length + leftBehind.length + restart.length > 0;

function notReady(state: string): Result<null> {
  if (state === 'reloading') return failed('reloading', 'A reload is under way.', 'Wait for its end.');
  return state === 'stopped' || state === 'crashed'
    ? NOT_RUNNING
    : failed('not-running', `The server is ${state}.`, 'Wait until it runs.');
}
