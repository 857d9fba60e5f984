import { contextBridge, ipcRenderer } from 'electron';
import { z } from 'zod';
import {
  type AppReply,
  AppReplySchema,
  type AppState,
  AppStateSchema,
  type Bridge,
  type Command,
  CommandSchema,
  channels,
} from '#shared/contract.ts';
import { EngineLink } from './engineLink.ts';
import { Listeners } from './listeners.ts';

// zod would try whether it may compile code, which the page's policy forbids and reports.
z.config({ jitless: true });

const engine = new EngineLink();
const appStates = new Listeners<AppState>();
const commands = new Listeners<Command>();

ipcRenderer.on(channels.port, ({ ports: [port] }) => {
  if (port !== undefined) engine.attach(port);
});
ipcRenderer.on(channels.appState, (_event, state: unknown) => pass(AppStateSchema, state, appStates));
ipcRenderer.on(channels.command, (_event, command: unknown) => pass(CommandSchema, command, commands));

/** The page gets the checked value alone, never the event that brought it. */
function pass<Value>(schema: z.ZodType<Value>, value: unknown, listeners: Listeners<Value>): void {
  const parsed = schema.safeParse(value);
  if (parsed.success) listeners.tell(parsed.data);
  else console.error('Refused a message of the app: it is not one of the contract.');
}

async function ask(name: string, params: unknown): Promise<AppReply> {
  try {
    return AppReplySchema.parse(await ipcRenderer.invoke(channels.request, { name, params }));
  } catch (error) {
    const message = `The app did not answer: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, failure: { kind: 'no-answer', message, remedy: null } };
  }
}

const bridge: Bridge = {
  request: (name, params) => engine.request(name, params),
  query: (name, params) => engine.query(name, params),
  ack: (stream, chars) => engine.ack(stream, chars),
  show: (stream, on) => engine.show(stream, on),
  onMessage: (listener) => engine.onMessage(listener),
  async connect() {
    const connected = engine.nextPort();
    const reply = await ask('connect', {});
    if (!reply.ok) throw new Error(reply.failure.message);
    await connected;
  },
  app: (name, params) => ask(name, params),
  onAppState: (listener) => appStates.add(listener),
  onCommand: (listener) => commands.add(listener),
};

contextBridge.exposeInMainWorld('hotdeck', bridge);
