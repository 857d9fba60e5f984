import type { LastReload, Plan, RequestParams, Signal } from '#shared/contract.ts';
import type { BuildOutcome } from '../building/buildOutcome.ts';
import { dependentsOf } from '../graph/closure.ts';
import { bringsChange } from '../graph/plan.ts';
import { SIGNAL_KEYS } from '../process/serverProcess.ts';
import { signalSafety } from '../process/signalSafety.ts';
import { isSignalKey } from '../process/terminalKeys.ts';
import { failed, type Result, success } from '../result.ts';
import { forReload } from './builds/buildTrigger.ts';
import { notBuilt } from './builds/notBuilt.ts';
import { noticeBefore } from './notices/askFirst.ts';
import { noticeOfNothing } from './notices/noticeOfNothing.ts';
import { noticeOfUnsent } from './notices/signalNotices.ts';
import { reloadsAfterBuild } from './reload/afterBuild.ts';
import { HeldReload } from './reload/heldReload.ts';
import { renewArtifacts } from './reload/renew.ts';
import type { Session } from './session.ts';

const DONE: Result<null> = success(null);
export const NOT_RUNNING = failed('not-running', 'No server is running.', 'Start it first.');
const BY_ITSELF = failed(
  'self-reload',
  'This server reloads by itself when a library file changes.',
  'Build: it then loads the new code on its own.',
);

/** What sets off a reload: a request, a key in the terminal, a build that is over. */
export class ReloadActions {
  readonly #session: Session;
  /** A reload key that was pressed during a build, waiting for its end. */
  readonly #held: HeldReload;

  constructor(session: Session) {
    this.#session = session;
    this.#held = new HeldReload(session.notices);
  }

  /** Swaps what is stale. Never during a build: it waits for one, and gives up if it fails. */
  async reload({ modules, anyway = false, unsafe = false }: RequestParams<'reload'>): Promise<Result<null>> {
    const session = this.#session;
    const { builds, inventory, mode, server, workspace } = session;
    if (mode.name === 'static') return failed('static', mode.reason, mode.remedy);
    if (workspace.reload.by === 'self') return BY_ITSELF;
    if (server.state.name !== 'running') return notReady(server.state.name);
    const unknown = modules?.find((name) => !inventory.graph.order.includes(name));
    if (unknown !== undefined) return failed('unknown-module', `There is no module ${unknown}.`);
    const isBuilt = builds.busy || session.edits.waiting.length > 0 || session.foresight.isBuiltElsewhere;
    if (modules !== undefined || isBuilt) {
      const outcome = await builds.build(forReload(modules?.map((name) => session.label(name))));
      if (outcome.kind !== 'ok') return notBuilt(outcome);
    }
    await session.refresh();
    const plan = await session.foreseen();
    if (!anyway && this.#asks(plan)) return DONE;
    const changing = plan.unload.filter((name) => !plan.unchanged.includes(name));
    const wanted = modules ?? changing;
    if (!wanted.some((name) => changing.includes(name))) {
      if (!anyway) {
        const isGuess = inventory.blind !== null;
        const { isLoaded } = inventory;
        session.notices.add(
          noticeOfNothing(plan, inventory.graph, modules ?? [], isGuess, isLoaded, workspace.newness),
        );
        return DONE;
      }
      const renewed = await this.#renewFor(plan, modules);
      if (!renewed.ok) return renewed;
    }
    return this.#signal('reload', null, unsafe);
  }

  /** Keys for the server's terminal. The one that means "reload" is watched like any other reload. */
  async input({ data }: RequestParams<'input'>): Promise<Result<null>> {
    const { server, builds } = this.#session;
    const signal = await this.#reloadKeyIn(data);
    if (signal === null) {
      server.write(data, null);
      return DONE;
    }
    if (!builds.busy) return this.#signal('terminal', { data, signal });
    const outcome = await this.#held.until(() => builds.build(forReload()));
    if (outcome === null) return DONE;
    return outcome.kind === 'ok' ? this.#signal('terminal', { data, signal }) : notBuilt(outcome);
  }

  /** A build that ends well is followed by a reload, where the user wants that and it brings in anything. */
  async after(build: Promise<BuildOutcome>): Promise<void> {
    const outcome = await build;
    const session = this.#session;
    const { auto } = session.store.state;
    const server = session.server.state.name;
    const by = session.workspace.reload.by;
    const mode = session.mode.name;
    if (!reloadsAfterBuild({ outcome: outcome.kind, auto, server, mode, by })) return;
    const plan = await session.foreseen();
    if (!this.#asks(plan) && bringsChange(plan)) await this.#signal('after-build');
  }

  /**
   * The signal of a key that asks the server to reload; null where what was typed is for the program, or ends it: the
   * server does not catch the signal, or its terminal makes no signal of the key.
   */
  async #reloadKeyIn(data: string): Promise<Signal | null> {
    const { server, workspace, mode } = this.#session;
    const { reload } = workspace;
    if (mode.name === 'static' || reload.by !== 'signal' || server.state.name !== 'running') return null;
    const key = SIGNAL_KEYS[reload.signal];
    if (key === undefined || !data.includes(key) || server.pid === null) return null;
    const { fate } = this.#safety(server.pid, reload.signal);
    if (fate === 'fatal' || fate === 'ignored') return null;
    return (await isSignalKey(server.pid, key)) === false ? null : reload.signal;
  }

  /** What a signal would do to the process that serves: that may be a child of the one that was started. */
  #safety(pid: number, signal: Signal) {
    return signalSafety(this.#session.inventory.processes.server ?? pid, signal);
  }

  /** Asks before a reload that something is in the way of. */
  #asks(plan: Plan): boolean {
    const notice = noticeBefore(plan, this.#session.inventory.graph);
    if (notice !== null) this.#session.notices.add(notice);
    return notice !== null;
  }

  /** @param typed the key that does it; without one it is done as the workspace says. */
  async #signal(
    cause: LastReload['cause'],
    typed: { data: string; signal: Signal } | null = null,
    unsafe = false,
  ): Promise<Result<null>> {
    const session = this.#session;
    await session.refresh();
    const { server, workspace, notices } = session;
    // Between the look and the signal a save may have started a build.
    if (session.builds.busy)
      return failed('building', 'A build has just started.', 'Reload again when it finishes.');
    if (server.state.name !== 'running' || server.pid === null) return notReady(server.state.name);
    if (typed !== null) {
      await session.watchReload(cause, () => server.write(typed.data, typed.signal));
      return DONE;
    }
    const { reload } = workspace;
    if (reload.by === 'self') return BY_ITSELF;
    notices.clear('signal-not-sent');
    const serving = session.inventory.processes.server ?? server.pid;
    if (reload.by === 'command') {
      await session.commands.reload(cause, reload.command, serving);
      return DONE;
    }
    const unsent = noticeOfUnsent(reload.signal, this.#safety(server.pid, reload.signal));
    if (unsent !== null && !unsafe) {
      notices.add(unsent);
      return DONE;
    }
    await session.watchReload(cause, () => {
      if (unsent !== null) session.reloads.noteUncaught(reload.signal);
      server.signalReload(reload.signal, serving);
    });
    return DONE;
  }

  /** Makes files look new to the server, where a reload would bring in nothing without that. */
  async #renewFor(plan: Plan, modules: readonly string[] | undefined): Promise<Result<null>> {
    const { inventory, workspace } = this.#session;
    // Everything is opened again, whatever it looks like.
    if (workspace.rule === 'all') return DONE;
    // Who reloads in spite of what is in the way means the reload as it is planned.
    if (modules === undefined && isStale(plan) && plan.notTaken.length === 0) return DONE;
    // The server takes these for new as they are, though their code is the same.
    if (modules === undefined && !isStale(plan) && plan.unload.length > 0) return DONE;
    return this.#renew(modules ?? (plan.notTaken.length > 0 ? plan.notTaken : inventory.graph.order));
  }

  /** "Reload anyway": these modules, and all that the server's rule unloads before them, are made to look new. */
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
    this.#session.looks.noteOwnFiles();
    const result = await renewArtifacts(files, workspace.newness);
    if (result.ok) inventory.noteRenewed(renewed);
    await this.#session.refresh();
    return result;
  }
}

const isStale = ({ unload, unchanged, leftBehind, restart }: Plan): boolean =>
  unload.length - unchanged.length + leftBehind.length + restart.length > 0;

function notReady(state: string): Result<null> {
  if (state === 'reloading') return failed('reloading', 'A reload is in progress.', 'Wait for it to finish.');
  return state === 'stopped' || state === 'crashed'
    ? NOT_RUNNING
    : failed('not-running', `The server is ${state}.`, 'Wait until it is running.');
}
