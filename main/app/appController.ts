import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { AppState, Failure, Preferences, Recent } from '#shared/contract.ts';
import type { HostMessage } from '../engine/protocol.ts';
import { saveFile } from '../files/saveFile.ts';
import type { EngineSupervisor, QuitLimits } from './engineSupervisor.ts';
import { describe } from './log.ts';
import type { AppHandlers } from './requests.ts';
import type { SampleResult } from './sample.ts';
import { autoOf, recents, withAuto, withOpened, withoutWorkspace } from './settings.ts';
import type { SettingsStore } from './settingsStore.ts';

/** The server has 1.5 s to end by itself, the engine a little more: everything is gone within 2 s. */
export const quitLimits: QuitLimits = { grace: 1500, limit: 1900 };

export interface ControllerOptions<Window> {
  readonly version: string;
  readonly platform: string;
  /** Called once, when it is first needed. */
  limitation(): string | null;
  readonly settings: SettingsStore;
  readonly engine: Pick<EngineSupervisor<unknown>, 'health' | 'open' | 'prefer' | 'exportLog' | 'restart'>;
  /** Shows the folder dialog; null when the user thought better of it. */
  chooseFolder(): Promise<string | null>;
  /** Lets the user pick a file to write; null when they don't. */
  chooseFile(suggested: string, title: string): Promise<string | null>;
  /** Makes a channel between this window and the engine; false when no engine runs. */
  connect(window: Window): boolean;
  provideSample(): Promise<SampleResult>;
  openLink(url: string): Promise<Failure | null>;
  /** Writes a bug report, with personal paths replaced. */
  collectBugReport(): Promise<string>;
  /** The state changed: tell the windows and the menu. */
  publish(state: AppState): void;
  /** This workspace is the one in the window now. */
  showTitle(workspace: string): void;
}

/** What the app does, whoever asks: the window, the menu or the command line. It knows nothing of Electron. */
export class AppController<Window> {
  readonly #options: ControllerOptions<Window>;
  /** Windows that want a port; they get another when the engine is replaced. */
  #limitation: { reason: string | null } | null = null;
  readonly #connected = new Set<Window>();
  #bugReport: string | null = null;
  /** The workspace that is open or being opened, by the path that was named until its root is known. */
  #asked: string | null = null;

  constructor(options: ControllerOptions<Window>) {
    this.#options = options;
  }

  /** The window's requests. */
  readonly handlers: AppHandlers<Window> = {
    connect: (_params, window) => this.#connect(window),
    appState: () => null,
    openWorkspace: () => this.chooseWorkspace(),
    openRecent: ({ id }) => this.openRecent(id),
    openSample: () => this.openSample(),
    openLink: ({ url }) => this.#options.openLink(url),
    setPreferences: (preferences) => this.#setPreferences(preferences),
    saveLog: ({ run, form }) => this.#saveLog(run, form),
    restartEngine: () => this.#restartEngine(),
    collectBugReport: () => this.collectBugReport(),
    saveBugReport: () => this.#saveBugReport(),
    closeBugReport: () => this.#showBugReport(null),
  };

  get state(): AppState {
    const { version, platform, limitation } = this.#options;
    this.#limitation ??= { reason: limitation() };
    return {
      version,
      platform,
      limitation: this.#limitation.reason,
      recents: this.#recents(),
      preferences: this.#options.settings.current.preferences,
      engine: this.#options.engine.health,
      bugReport: this.#bugReport,
    };
  }

  publish(): void {
    this.#options.publish(this.state);
  }

  /** Opens what was asked for, else the last workspace, else the sample. */
  async openFirst(workspace: string | null): Promise<Failure | null> {
    const last = this.#options.settings.current.workspaces[0]?.root;
    const root = workspace ?? (last !== undefined && existsSync(last) ? last : null);
    return root === null ? this.openSample() : this.open(root);
  }

  /** Opens the folder; what is wrong with it, the engine says in the window. */
  open(root: string): null {
    this.#asked = root;
    this.#options.showTitle(basename(root));
    this.#options.engine.open(root, autoOf(this.#options.settings.current, root));
    return null;
  }

  async chooseWorkspace(): Promise<Failure | null> {
    const root = await this.#options.chooseFolder();
    return root === null ? null : this.open(root);
  }

  openRecent(id: string): Failure | null {
    const recent = this.#recents().find((entry) => entry.id === id);
    if (recent !== undefined) return this.open(recent.root);
    this.publish();
    return {
      kind: 'unknown-recent',
      message: 'That workspace no longer exists.',
      remedy: 'Open its folder at its new location.',
    };
  }

  async openSample(): Promise<Failure | null> {
    const sample = await this.#options.provideSample();
    return sample.ok ? this.open(sample.root) : sample.failure;
  }

  /** Shows a bug report in the window. */
  async collectBugReport(): Promise<Failure | null> {
    return this.#showBugReport(await this.#options.collectBugReport());
  }

  onEngineMessage(message: HostMessage): void {
    const { settings } = this.#options;
    if (message.type === 'opened') {
      settings.update((old) => withOpened(old, message.root, message.name));
      // Another may have been asked for meanwhile: it is the one that the window shows.
      if ([message.asked ?? message.root, message.root].includes(this.#asked ?? message.root)) {
        this.#asked = message.root;
        this.#options.showTitle(message.name);
      }
      this.publish();
    } else if (message.type === 'auto') {
      settings.update((old) => withAuto(old, message.root, message.auto));
    }
  }

  onEngineReplaced(): void {
    for (const window of this.#connected) this.#options.connect(window);
  }

  onWindowClosed(window: Window): void {
    this.#connected.delete(window);
  }

  #recents(): Recent[] {
    const { settings } = this.#options;
    for (const { root } of settings.current.workspaces) {
      if (!existsSync(root)) settings.update((old) => withoutWorkspace(old, root));
    }
    return recents(settings.current, () => true);
  }

  #connect(window: Window): Failure | null {
    this.#connected.add(window);
    this.#options.connect(window);
    const { health } = this.#options.engine;
    // While it restarts, the port follows by itself.
    return health.name === 'failed'
      ? { kind: 'engine-failed', message: health.message, remedy: 'Restart the engine.' }
      : null;
  }

  #setPreferences(preferences: Preferences): null {
    const { settings, engine } = this.#options;
    settings.update((old) => ({ ...old, preferences }));
    engine.prefer(preferences);
    return null;
  }

  async #saveLog(run: string, form: 'text' | 'raw'): Promise<Failure | null> {
    const path = await this.#options.chooseFile(
      `${run.replaceAll(/[^\w.-]/g, '_')}.${form === 'raw' ? 'log' : 'txt'}`,
      'Save the log',
    );
    return path === null
      ? { kind: 'cancelled', message: 'The file was not saved.', remedy: null }
      : this.#options.engine.exportLog(run, form, path);
  }

  #showBugReport(report: string | null): null {
    this.#bugReport = report;
    this.publish();
    return null;
  }

  /** Saves just what is shown: whoever reads it has agreed to no other text. */
  async #saveBugReport(): Promise<Failure | null> {
    const report = this.#bugReport;
    if (report === null)
      return { kind: 'no-report', message: 'There is no bug report to save.', remedy: null };
    const path = await this.#options.chooseFile('hotdeck-bug-report.md', 'Save the bug report');
    if (path === null) return { kind: 'cancelled', message: 'The file was not saved.', remedy: null };
    try {
      await saveFile(path, report);
      return null;
    } catch (error) {
      return {
        kind: 'not-saved',
        message: `The bug report was not saved: ${describe(error)}`,
        remedy: 'Choose another location.',
      };
    }
  }

  async #restartEngine(): Promise<Failure | null> {
    await this.#options.engine.restart(quitLimits);
    return null;
  }
}
