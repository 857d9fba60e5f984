import { existsSync, type FSWatcher, watch } from 'node:fs';
import { readHalted } from '../process/halted.ts';
import { type SourceWatcher, watchSources } from '../watch/sourceWatcher.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Actions } from './actions.ts';
import { BuildOnSave } from './builds/buildOnSave.ts';
import type { LoopWatch } from './builds/loopWatch.ts';
import { Readiness } from './modules/readiness.ts';
import { SelfReload } from './reload/selfReload.ts';
import type { Session } from './session.ts';

const STARTING_POLL_MS = 40;
const RUNNING_POLL_MS = 1_000;
/** A server that reloads by itself may do so at any moment. */
const AWAITING_POLL_MS = 50;
/** So many looks at the maps go to one at the disk. */
const DISK_EVERY = 10;
const OUTPUT_SETTLE_MS = 30;

/** What happens without being asked for: edits, builds by others, a server that gets ready or reloads by itself. */
export class Triggers {
  readonly #session: Session;
  readonly #sources: SourceWatcher;
  #output: FSWatcher | null = null;
  /** The folder that it watches. */
  #outputFolder: string | null = null;
  #outputTimer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  readonly #selfReload: SelfReload;
  #awaits = false;
  readonly #readiness: Readiness;
  #ticks = 0;
  /** It was told that the folder is gone. */
  #isGone = false;
  #closed = false;

  constructor(session: Session, actions: Actions, loop: LoopWatch) {
    this.#session = session;
    this.#selfReload = new SelfReload({
      notices: session.notices,
      label: (name) => session.label(name),
    });
    this.#readiness = new Readiness(session.inventory);
    const onSave = new BuildOnSave(session, loop, (request) => actions.buildChange(request));
    this.#sources = watchSources(session.workspace.root, () => madeByCargo(session.workspace), {
      onEdit: (files) => {
        if (!this.#closed) void onSave.saved(files);
      },
      onGone: () => this.#tellGone(),
      onError: (message) => this.#tellBlind(message),
    });
    this.#watchOutside();
    session.shown.on('redefined', () => this.#watchOutside());
    this.#watchOutput();
    this.#schedule();
  }

  /** Edits from now on are seen. */
  get ready(): Promise<void> {
    return this.#sources.ready;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#poll);
    clearTimeout(this.#outputTimer);
    this.#output?.close();
    await this.#sources.close();
  }

  /** Members and path dependencies may lie elsewhere. */
  #watchOutside(): void {
    if (!this.#closed) this.#sources.watchOutside(this.#session.workspace.packages.sourceFolders);
  }

  /** Somebody else's cargo writes there too. */
  #watchOutput(): void {
    const { outputDirectory } = this.#session.workspace;
    if (this.#outputFolder !== outputDirectory) this.#dropOutput();
    if (this.#output !== null || this.#closed) return;
    try {
      this.#outputFolder = outputDirectory;
      this.#output = watch(outputDirectory, () => {
        this.#outputTimer ??= setTimeout(() => {
          this.#outputTimer = undefined;
          void this.#session.refresh();
        }, OUTPUT_SETTLE_MS);
      });
      this.#output.on('error', () => this.#dropOutput());
    } catch {
      // Not there before the first build; the poll tries again.
    }
  }

  #dropOutput(): void {
    this.#output?.close();
    this.#output = null;
  }

  #schedule(): void {
    if (this.#closed) return;
    const starting = this.#session.server.state.name === 'starting';
    const usual = this.#awaits ? AWAITING_POLL_MS : RUNNING_POLL_MS;
    this.#poll = setTimeout(
      () => void this.#look().finally(() => this.#schedule()),
      starting ? STARTING_POLL_MS : usual,
    );
  }

  /**
   * While a server runs and nothing happens this is all that Hotdeck does. What changes on the disk is told by a
   * watcher, so only the maps are looked at; and the disk all the same now and then, as watchers may miss something.
   */
  async #look(): Promise<void> {
    this.#watchOutput();
    this.#tellBack();
    const { server, inventory } = this.#session;
    if (server.pid !== null) server.noteHalted(readHalted(inventory.processes.server ?? server.pid));
    this.#lookForLate();
    if (server.state.name === 'starting') await this.#lookForReady(server.state.pid);
    else if (server.state.name === 'running') {
      this.#ticks += 1;
      const isDue = this.#output === null || this.#ticks % DISK_EVERY === 0;
      if (isDue || inventory.hasMoved()) await this.#session.refresh();
    }
  }

  /** What a server that reloads by itself has not taken yet. */
  #lookForLate(): void {
    const { workspace, server, store, builds } = this.#session;
    const isUp = server.state.name === 'running' || server.state.name === 'reloading';
    const isWatched = workspace.reload.by === 'self' && isUp && !builds.busy;
    this.#awaits = this.#selfReload.note(isWatched ? store.state.plan : null, Date.now());
  }

  async #lookForReady(pid: number): Promise<void> {
    const { server, workspace } = this.#session;
    await this.#session.refresh();
    const { state } = server;
    // One that stands still shows nothing, whatever it is about to do.
    if (state.name !== 'starting' || state.pid !== pid || state.halted !== undefined) return;
    const witness = this.#readiness.look(pid, workspace.ready !== null || server.hasSaidReady);
    if (witness !== null) server.ready(witness);
  }

  #tellGone(): void {
    this.#isGone = true;
    this.#session.notices.add({
      kind: 'workspace-gone',
      severity: 'error',
      message: `The workspace folder ${this.#session.workspace.root} is gone.`,
      remedy: 'Put it back and open it again, or open another one. A running server is not affected.',
      actions: ['open-workspace'],
      modules: [],
    });
  }

  /** The folder is there again; what was watched in the one before is not. */
  #tellBack(): void {
    const { root } = this.#session.workspace;
    if (!this.#isGone || !existsSync(root)) return;
    this.#isGone = false;
    this.#session.notices.add({
      kind: 'workspace-gone',
      severity: 'warning',
      message: `The workspace folder ${root} was gone, and is back. Edits in it may go unnoticed.`,
      remedy: 'Open it again.',
      actions: ['open-workspace'],
      modules: [],
    });
  }

  #tellBlind(message: string): void {
    this.#session.notices.add({
      kind: 'watcher',
      severity: 'warning',
      message: `Some files can't be watched, so their edits go unnoticed: ${message}.`,
      remedy: `Use the Build button.${/ENOSPC|inotify/i.test(message) ? ' A larger fs.inotify.max_user_watches helps.' : ''}`,
      actions: ['build'],
      modules: [],
    });
  }
}

/** The folders that hold what cargo makes: nothing in them is a source. */
const madeByCargo = ({ places }: Workspace): string[] => [places.targetDirectory, places.buildRoot];
