import {
  type Auto,
  defaultPreferences,
  type EngineMessage,
  type EngineState,
  type Failure,
  type Preferences,
  type SessionPatch,
  type Stream,
  WindowMessageSchema,
} from '#shared/contract.ts';
import { describeState, lastReload } from './describeState.ts';
import { log } from './log.ts';
import type { OutputClient } from './logs/outputStream.ts';
import type { AppMessage, HostMessage } from './protocol.ts';
import { answerRequest, type QuestionHandlers, type RequestHandlers } from './requests.ts';
import { failed, messageOf, success } from './result.ts';
import type { OpenSession } from './session/openSession.ts';
import { mergePatches } from './session/store.ts';
import { NO_WORKSPACE, sessionHandlers } from './sessionRequests.ts';
import type { Setup } from './setup/setup.ts';
import { setupHandlers } from './setupRequests.ts';
import type { Choices } from './workspace/choices.ts';
import { SEVERAL_PROGRAMS } from './workspace/chooseProgram.ts';
import { openingWords, stoppedOpening } from './workspace/openingWords.ts';

/** One window, as the engine sees it. */
export interface WindowPort {
  post(message: EngineMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** How long a patch waits for others, in ms. */
const FRAME_MS = 16;

/** A window that output goes to, and the streams that it shows, in this session and the next. */
interface OutputWindow extends OutputClient {
  readonly shown: Set<Stream>;
}

export interface EngineOptions {
  env: NodeJS.ProcessEnv;
  /** The folder for what is to outlast the engine; null to keep nothing. */
  data: string | null;
  /** The program that searches logs, in a thread of its own. */
  searcher: URL;
  /** What the engine tells the program that started it. */
  toHost(message: HostMessage): void;
}

/** The program behind the window: at most one open workspace, and the windows that look at it. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #windows = new Map<WindowPort, OutputWindow>();
  #open: OpenSession | null = null;
  #state: EngineState = { name: 'empty' };
  #patch: SessionPatch | null = null;
  #patchTimer: NodeJS.Timeout | undefined;
  #wanted: { root: string; auto: Auto } | null = null;
  /** Openings and closings, one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #preferences = defaultPreferences;
  #setup: Setup | null = null;
  #choices: Choices | null = null;
  /** Stops the opening that is under way. */
  #opening: AbortController | null = null;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#open === null ? this.#state : { name: 'open', session: this.#open.session.store.state };
  }

  /**
   * Opens a workspace in place of the one that is open; its server is ended first. An opening that is under way is given up.
   * @param path its folder, or a folder or file in it.
   */
  open(path: string, auto: Auto): Promise<void> {
    this.#opening?.abort();
    return this.#inTurn(async () => {
      await this.#close(5_000);
      const opening = new AbortController();
      this.#opening = opening;
      this.#wanted = { root: path, auto };
      this.#setup = null;
      const since = Date.now();
      this.#show({ name: 'opening', root: path, since });
      const { locateWorkspace } = await import('./workspace/locate.ts');
      const { root, remark } = await locateWorkspace(path, this.#options.env, opening.signal);
      this.#wanted = { root, auto };
      // Loaded only now: a window that waits for its first state need not wait for all of this.
      const { openSession } = await import('./session/openSession.ts');
      const { listPrograms } = await import('./workspace/listPrograms.ts');
      const { prepareChoices } = await import('./setup/prepareChoices.ts');
      const { data, env } = this.#options;
      const { choices, failures } = await prepareChoices({ root, data, env });
      this.#choices = choices;
      const opened = await openSession({
        root,
        remark,
        running: {
          signal: opening.signal,
          onSaid: (line) => {
            const said = openingWords(line);
            if (said !== null) this.#show({ name: 'opening', root, since, said });
          },
        },
        auto,
        env,
        choices,
        failures,
        preferences: () => this.#preferences,
        data,
        searcher: this.#options.searcher,
        onGrowth: (grown) => this.#broadcast(grown),
        onRecorded: (recorded) => this.#broadcast(recorded),
        onPatch: (patch) => this.#queue(patch),
        onNews: (message) => this.#options.toHost(message),
        onAuto: (next) => this.#options.toHost({ type: 'auto', root, auto: next }),
      });
      this.#opening = null;
      if (opened.ok) {
        this.#open = opened.value;
        log('info', `Opened ${root} in ${Date.now() - since} ms`);
        this.#show(this.state);
        for (const client of this.#windows.values()) {
          for (const stream of client.shown) this.#setShown(client, stream, true);
        }
        this.#options.toHost({
          type: 'opened',
          root,
          name: opened.value.session.workspace.name,
          asked: path,
        });
      } else {
        const { state } = this;
        log('info', `Did not open ${root}: ${opened.failure.kind}`);
        const failure = opening.signal.aborted
          ? stoppedOpening(state.name === 'opening' ? (state.said ?? null) : null)
          : opened.failure;
        const programs =
          failure.kind === SEVERAL_PROGRAMS ? await listPrograms(root, env, choices.current) : null;
        if (programs?.ok) this.#show({ name: 'choosing', root, programs: programs.value });
        else this.#show({ name: 'failed', root, failure });
      }
    });
  }

  /** Goes by these from now on. */
  prefer(preferences: Preferences): void {
    this.#preferences = preferences;
    this.#open?.prefer(preferences);
  }

  /** Copies a stored run to a file, and tells the host how that went. */
  async exportLog({ id, run, form, path }: Extract<AppMessage, { type: 'export' }>): Promise<void> {
    const result = this.#open === null ? NO_WORKSPACE : await this.#open.logs.export(run, form, path);
    this.#options.toHost({ type: 'exported', id, failure: result.ok ? null : result.failure });
  }

  /** Tells the host what a bug report should know. */
  async describe(id: number): Promise<void> {
    const reload = this.#open === null ? null : await lastReload(this.#open.history);
    const described = describeState(this.state, this.#wanted?.root ?? null, reload);
    this.#options.toHost({ type: 'described', id, described });
  }

  /** A window to tell everything to, from now until its port closes. */
  connect(port: WindowPort): void {
    this.#flush();
    const client: OutputWindow = {
      shown: new Set(),
      send: (stream, data) => port.post({ type: 'output', stream, data }),
      replay: (stream, data) => port.post({ type: 'replay', stream, data }),
    };
    this.#windows.set(port, client);
    port.onMessage((message) => void this.#receive(port, client, message));
    port.onClose(() => {
      this.#windows.delete(port);
      this.#detach(client);
      this.#open?.searches.cancel(port);
    });
    port.post({ type: 'state', state: this.state });
  }

  /** Ends everything, the server within about `grace` ms. */
  quit(grace: number): Promise<void> {
    this.#opening?.abort();
    return this.#inTurn(() => this.#close(grace));
  }

  async #close(grace: number): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    await open.close(grace);
    this.#open = null;
    this.#show({ name: 'empty' });
  }

  async #receive(port: WindowPort, client: OutputWindow, message: unknown): Promise<void> {
    const parsed = WindowMessageSchema.safeParse(message);
    if (!parsed.success) {
      log('error', 'Refused a message from the window: unknown form.');
      return;
    }
    if (parsed.data.type === 'ack') {
      this.#open?.session.output[parsed.data.stream].acknowledge(client, parsed.data.chars);
      return;
    }
    if (parsed.data.type === 'show') {
      this.#setShown(client, parsed.data.stream, parsed.data.on);
      return;
    }
    const { id, name, params } = parsed.data;
    try {
      const reply = await answerRequest(this.#handlers(port), name, params);
      if (!reply.ok && isRefusal(reply.failure)) log('error', `Refused: ${reply.failure.message}`);
      else log('debug', `${name}: ${reply.ok ? 'done' : `${reply.failure.kind}: ${reply.failure.message}`}`);
      // Who gets an answer has seen what it is about.
      this.#flush();
      port.post({ type: 'reply', id, reply });
    } catch (error) {
      log('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
      port.post({
        type: 'reply',
        id,
        reply: failed('internal', `Internal error: ${messageOf(error)}.`),
      });
    }
  }

  #handlers(port: WindowPort): RequestHandlers & QuestionHandlers {
    return {
      ...sessionHandlers(() => this.#open, port),
      chooseProgram: async ({ program }) => {
        const { chooseProgram } = await import('./programRequest.ts');
        const { state } = this;
        return chooseProgram(program, {
          ...{ state, open: this.#open, choices: this.#choices },
          reopen: () => this.#reopen(),
        });
      },
      retryOpen: async () => {
        if (this.#wanted === null) return NO_WORKSPACE;
        await this.#reopen();
        return success(null);
      },
      stopOpening: () => {
        if (this.#opening === null) return failed('not-opening', 'No workspace is being opened.');
        this.#opening.abort();
        return success(null);
      },
      ...setupHandlers({
        setup: () => this.#getSetup(),
        session: () => this.#open,
        reopen: () => this.#reopen(),
      }),
    };
  }

  async #reopen(): Promise<void> {
    if (this.#wanted !== null) await this.open(this.#wanted.root, this.#wanted.auto);
  }

  /** Loaded when it is asked for: most workspaces are set up. */
  async #getSetup(): Promise<Setup | null> {
    await this.#turn;
    const wanted = this.#wanted;
    if (wanted === null) return null;
    const { Setup } = await import('./setup/setup.ts');
    const { data, env } = this.#options;
    if (wanted !== this.#wanted || this.#choices === null) return null;
    this.#setup ??= new Setup({
      ...{ root: wanted.root, data, env, choices: this.#choices },
      workspace: async () => (await this.#open?.session.definition.current()) ?? null,
      opened: () => this.#open?.session.shown.opened ?? new Set(),
    });
    return this.#setup;
  }

  #setShown(client: OutputWindow, stream: Stream, on: boolean): void {
    const output = this.#open?.session.output[stream];
    if (on) {
      client.shown.add(stream);
      output?.show(client);
    } else {
      client.shown.delete(stream);
      output?.hide(client);
    }
  }

  #detach(client: OutputClient): void {
    this.#open?.session.output.server.detach(client);
    this.#open?.session.output.build.detach(client);
  }

  #show(state: EngineState): void {
    this.#flush();
    this.#state = state;
    this.#broadcast({ type: 'state', state });
  }

  /** Patches that come together go out together: each that a window gets is a frame to draw, beside a build. */
  #queue(patch: SessionPatch): void {
    // While a workspace is being opened its first patches come before anybody has its whole state.
    if (this.#open === null) return;
    this.#patch = this.#patch === null ? patch : mergePatches(this.#patch, patch);
    this.#patchTimer ??= setTimeout(() => this.#flush(), FRAME_MS);
  }

  #flush(): void {
    clearTimeout(this.#patchTimer);
    this.#patchTimer = undefined;
    const patch = this.#patch;
    this.#patch = null;
    if (patch !== null) this.#broadcast({ type: 'patch', patch });
  }

  #broadcast(message: EngineMessage): void {
    for (const port of this.#windows.keys()) port.post(message);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }
}

const isRefusal = (failure: Failure): boolean => ['unknown-request', 'bad-request'].includes(failure.kind);
