import type { LastReload } from '#shared/contract.ts';
import type { OutputStream } from '../../logs/outputStream.ts';
import { type ReloadCommand, startReloadCommand } from '../../process/reloadCommand.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Notices, Unnumbered } from '../notices/notices.ts';
import type { Reloads } from './reloads.ts';

const TIMEOUT_MS = 30_000;

interface Reloaded {
  readonly workspace: Workspace;
  readonly output: { readonly build: OutputStream };
  readonly notices: Notices;
  readonly reloads: Reloads;
  watchReload(cause: LastReload['cause'], begin: () => void): Promise<void>;
}

/** Reloads of a server that is told by a command. Owns the commands that run. */
export class ReloadCommands {
  readonly #session: Reloaded;
  readonly #running = new Set<ReloadCommand>();

  constructor(session: Reloaded) {
    this.#session = session;
  }

  /** Runs the command, and watches what comes of it. What it prints is in the Build terminal. */
  async reload(cause: LastReload['cause'], command: readonly string[], pid: number): Promise<void> {
    const { notices } = this.#session;
    notices.clear('reload-command');
    await this.#session.watchReload(cause, () => this.#start(command, pid));
  }

  /** Ends what still runs. */
  close(): void {
    for (const running of this.#running) running.cancel();
  }

  #start(command: readonly string[], pid: number): void {
    const { workspace, output, notices, reloads } = this.#session;
    const running = startReloadCommand({
      command,
      pid,
      cwd: workspace.root,
      env: workspace.serverEnvironment,
      timeout: TIMEOUT_MS,
      onOutput: (text) => output.build.push(text),
    });
    this.#running.add(running);
    void running.done.then((failure) => {
      this.#running.delete(running);
      if (failure === null) return;
      const what = `The reload command (${command.join(' ')}) ${failure}.`;
      notices.add(noticeOfFailedCommand(what));
      reloads.noteFailed(what);
    });
  }
}

const noticeOfFailedCommand = (message: string): Unnumbered => ({
  kind: 'reload-command',
  severity: 'error',
  message,
  remedy: 'See the Build tab for its output; the command is "reload" in hotdeck.json.',
  actions: [],
  modules: [],
});
