import type { Auto, RequestParams } from '#shared/contract.ts';
import { failed, type Result, success } from '../result.ts';
import { LACKS_FEATURES } from '../workspace/programs.ts';
import { ASKED, type BuildRequest, FOR_START } from './builds/buildTrigger.ts';
import { noProgram } from './builds/missingProgram.ts';
import { notBuilt } from './builds/notBuilt.ts';
import { noticeOfRemark } from './notices/notices.ts';
import { NOT_RUNNING, ReloadActions } from './reloadActions.ts';
import type { Session } from './session.ts';

const DONE: Result<null> = success(null);
/** What the user may ask of a session: each request, turned into what this workspace needs for it. */
export class Actions {
  readonly #session: Session;
  readonly #onAuto: (auto: Auto) => void;
  readonly #reloads: ReloadActions;

  constructor(session: Session, onAuto: (auto: Auto) => void) {
    this.#session = session;
    this.#onAuto = onAuto;
    this.#reloads = new ReloadActions(session);
  }

  /** Starts the server; builds first where the program was never built. */
  async start(): Promise<Result<null>> {
    const session = this.#session;
    const { inventory, builds, server } = session;
    if (server.pid !== null) return failed('already-running', 'The server is already running.');
    await session.definition.readEarlierBuild();
    await session.refresh();
    const unbuilt = [session.workspace.program.node, ...inventory.graph.order].some(
      (name) => !inventory.artifacts.get(name),
    );
    const lacking = session.workspace.remarks.find(({ kind }) => kind === LACKS_FEATURES);
    if (lacking !== undefined) {
      // It may have been dismissed since the workspace was opened.
      session.notices.add(noticeOfRemark(lacking));
      return failed(
        'not-started',
        'The server was not started: cargo leaves it out of this build.',
        'Turn on the features it needs.',
      );
    }
    if (unbuilt || builds.busy) {
      const outcome = await builds.build(FOR_START);
      if (outcome.kind !== 'ok') return notBuilt(outcome);
      await session.refresh();
      const { node } = session.workspace.program;
      if (!inventory.artifacts.get(node)) return noProgram(session.workspace);
    }
    session.notices.clear('port-in-use', 'missing-library', 'undefined-symbol', 'died-at-start', 'crashed');
    session.notices.clear('late-undefined-symbol', 'needs-restart', 'nothing-stale');
    const started = await server.start(session.workspace);
    if (started.ok) {
      session.rebuildReasons.loaded(inventory.artifacts.keys());
      session.edits.start();
    }
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
    await this.#reloads.after(this.#session.builds.build(ASKED));
    return DONE;
  }

  cancelBuild(): Result<null> {
    this.#session.builds.cancel();
    return DONE;
  }

  /** Builds what has changed: whatever is being built is out of date. */
  async buildChange(request: BuildRequest): Promise<void> {
    await this.#reloads.after(this.#session.builds.rebuild(request));
  }

  /**
   * After a setup was applied, taken back or changed: reads the workspace again, and has it built where saves do that;
   * where they don't, it offers to. Does not wait for the build.
   */
  async afterSetup({
    trigger,
    build,
  }: {
    trigger: BuildRequest;
    build: 'now' | 'as saves do' | 'no';
  }): Promise<void> {
    const session = this.#session;
    await session.reread();
    session.notices.clear('set-up', 'link-trouble', 'linker-worked');
    if (build === 'no') return;
    if (build === 'now' || session.store.state.auto.buildOnSave) void this.buildChange(trigger);
    else {
      session.notices.add({
        kind: 'set-up',
        severity: 'info',
        message: 'The setup changed, so the build is out of date.',
        remedy: 'Build, then start the server.',
        actions: ['build'],
        modules: [],
      });
    }
  }

  reload(params: RequestParams<'reload'>): Promise<Result<null>> {
    return this.#reloads.reload(params);
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

  input(params: RequestParams<'input'>): Promise<Result<null>> {
    return this.#reloads.input(params);
  }

  resize({ stream, columns, rows }: RequestParams<'resize'>): Result<null> {
    if (stream === 'server') this.#session.server.resize(columns, rows);
    return DONE;
  }

  dismissNotice({ noticeId }: RequestParams<'dismissNotice'>): Result<null> {
    this.#session.notices.dismiss(noticeId);
    return DONE;
  }
}
