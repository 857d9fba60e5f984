import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { stripAnsi } from '#shared/ansi.ts';
import {
  type Answer,
  type Auto,
  answerSchemas,
  type EngineMessage,
  type EngineState,
  type HistoryEntry,
  type LogHit,
  type LogPattern,
  type QuestionName,
  type QuestionParams,
  type Reply,
  type RequestName,
  type RequestParams,
  type SessionState,
  type Stream,
} from '#shared/contract.ts';
import { Engine } from '../../main/engine/engine.ts';
import type { HostMessage } from '../../main/engine/protocol.ts';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { patchEngine } from '../../renderer/state/patch.ts';

/** An engine, here or in a process of its own. */
export type EngineHost = Pick<Engine, 'open' | 'connect' | 'quit'>;

/** An engine, and a window's view of it: the state as a window would know it, from messages alone. */
export interface EngineClient {
  engine: EngineHost;
  readonly state: EngineState;
  /** The open session; throws while there is none. */
  readonly session: SessionState;
  readonly hostMessages: readonly HostMessage[];
  /** What it was told about the history without asking. */
  readonly recorded: readonly HistoryEntry[];
  request<Name extends RequestName>(name: Name, params: RequestParams<Name>): Promise<Reply>;
  /** The answer to a question; throws where there is none. */
  query<Name extends QuestionName>(name: Name, params: QuestionParams<Name>): Promise<Answer<Name>>;
  /** What a search of a whole run finds; throws where it fails. */
  search(run: string, pattern: LogPattern): Promise<{ hits: LogHit[]; count: number }>;
  /** Sends whatever is given, as a broken or hostile window might. */
  sendRaw(message: unknown): void;
  /** What a terminal shows, without colors. */
  text(stream: Stream): string;
  /** How many characters that terminal was sent, ever. */
  received(stream: Stream): number;
  /** Resolves as soon as the condition holds; fails with `what` after `ms`. */
  until(what: string, condition: (session: SessionState) => boolean, ms?: number): Promise<SessionState>;
  untilText(stream: Stream, pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  open(root: string, auto?: Partial<Auto>): Promise<void>;
  close(): Promise<void>;
}

/** The program that searches logs, as the build made it. */
export const searcher = (): URL => pathToFileURL(join(checkoutRoot(), 'dist/main/searcher.js'));

type Found = Extract<EngineMessage, { type: 'found' }>;

const answers: { readonly [N in QuestionName]: z.ZodType<Answer<N>> } = answerSchemas;

const STREAMS: readonly Stream[] = ['server', 'build'];

/**
 * An engine in this process.
 * @param options `keep`: how many characters of each terminal the client keeps; `data`: the folder for the logs.
 */
export function startEngine(
  env: NodeJS.ProcessEnv = process.env,
  { keep = Infinity, data = null }: { keep?: number; data?: string | null } = {},
): EngineClient {
  const hostMessages: HostMessage[] = [];
  return clientOf(
    newEngine(env, (message) => hostMessages.push(message), data),
    hostMessages,
    keep,
  );
}

/** An engine as tests want it. @param data the folder for what it keeps; without one it keeps nothing. */
export const newEngine = (
  env: NodeJS.ProcessEnv,
  toHost: (message: HostMessage) => void,
  data: string | null = null,
): Engine => new Engine({ env, data, searcher: searcher(), toHost });

/** A window that looks at this engine. */
export function clientOf(
  engine: EngineHost,
  hostMessages: readonly HostMessage[],
  keep = Infinity,
): EngineClient {
  const replies = new Map<number, (reply: Reply) => void>();
  const watchers = new Set<() => void>();
  const founds = new Map<string, Found[]>();
  const recorded: HistoryEntry[] = [];
  const texts: Record<Stream, string> = { server: '', build: '' };
  const received: Record<Stream, number> = { server: 0, build: 0 };
  let state: EngineState = { name: 'empty' };
  let send: (message: unknown) => void = () => {};
  let count = 0;

  const receive = (message: EngineMessage): void => {
    if (message.type === 'reply') replies.get(message.id)?.(message.reply);
    else if (message.type === 'state') state = message.state;
    else if (message.type === 'patch') state = patchEngine(state, message.patch) ?? state;
    else if (message.type === 'output') {
      received[message.stream] += message.data.length;
      texts[message.stream] = (texts[message.stream] + message.data).slice(-keep);
      send({ type: 'ack', stream: message.stream, chars: message.data.length });
    } else if (message.type === 'replay') {
      received[message.stream] += message.data.length;
      texts[message.stream] = message.data;
      send({ type: 'ack', stream: message.stream, chars: message.data.length });
    }
    if (message.type === 'recorded') recorded.push(message.entry);
    if (message.type === 'found') founds.get(message.search)?.push(message);
    for (const watcher of watchers) watcher();
  };
  engine.connect({
    // A port delivers later, and a copy.
    post: (message) => queueMicrotask(() => receive(structuredClone(message))),
    onMessage: (listener) => {
      send = listener;
    },
    onClose: () => {},
  });
  for (const stream of STREAMS) send({ type: 'show', stream, on: true });

  const waitFor = <T>(what: string, look: () => T | null, ms: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(check);
        reject(
          new Error(`Waited ${ms} ms in vain for: ${what}\n${describe(state)}\n${texts.server.slice(-2000)}`),
        );
      }, ms);
      const check = (): void => {
        const found = look();
        if (found === null) return;
        clearTimeout(timer);
        watchers.delete(check);
        resolve(found);
      };
      watchers.add(check);
      check();
    });

  const ask = (name: string, params: unknown): Promise<Reply> => {
    count += 1;
    const id = count;
    return new Promise((resolve) => {
      replies.set(id, resolve);
      send({ type: 'request', id, name, params });
    });
  };

  const client: EngineClient = {
    engine,
    hostMessages,
    recorded,
    get state() {
      return state;
    },
    get session() {
      if (state.name !== 'open') throw new Error(`No session is open: ${describe(state)}`);
      return state.session;
    },
    request: (name, params) => ask(name, params),
    query: async (name, params) => {
      const reply = await ask(name, params);
      if (!reply.ok) throw new Error(`No answer to ${name}: ${reply.failure.message}`);
      return answers[name].parse(reply.value);
    },
    search: async (run, pattern) => {
      const search = `search-${count}`;
      founds.set(search, []);
      const begun = await ask('searchLog', { search, run, pattern });
      if (!begun.ok) throw new Error(begun.failure.message);
      const isOver = (): Found | null =>
        founds.get(search)?.find(({ end }) => end.name !== 'searching') ?? null;
      const { end, count: total } = await waitFor('the end of the search', isOver, 30_000);
      if (end.name === 'failed') throw new Error(end.failure.message);
      return { hits: (founds.get(search) ?? []).flatMap(({ hits }) => hits), count: total };
    },
    sendRaw: (message) => send(message),
    text: (stream) => stripAnsi(texts[stream]),
    received: (stream) => received[stream],
    until: (what, condition, ms = 60_000) =>
      waitFor(what, () => (state.name === 'open' && condition(state.session) ? state.session : null), ms),
    untilText: (stream, pattern, ms = 60_000) =>
      waitFor(String(pattern), () => pattern.exec(stripAnsi(texts[stream])), ms),
    open: (root, auto = {}) => engine.open(root, { buildOnSave: true, reloadAfterBuild: false, ...auto }),
    close: () => engine.quit(2_000),
  };
  return client;
}

/** The process of the server that runs; never 0, as a signal to that hits our own group. */
export function runningPid({ server }: SessionState): number {
  if ('pid' in server) return server.pid;
  throw new Error(`No server runs: it is ${server.name}.`);
}

function describe(state: EngineState): string {
  if (state.name !== 'open') return JSON.stringify(state);
  const { server, build, modules, plan, lastReload, notices, edited } = state.session;
  const states = Object.fromEntries(Object.entries(modules).map(([name, status]) => [name, status.state]));
  return JSON.stringify({ server, build, states, plan, lastReload, notices, edited }, null, 1);
}
