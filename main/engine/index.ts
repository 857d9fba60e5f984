/** The engine as a program: an Electron utility process that talks to the app through its parent port. */
import { z } from 'zod';
import { Engine, type WindowPort } from './engine.ts';
import { log } from './log.ts';
import { AppMessageSchema, type HostMessage } from './protocol.ts';

/** What Electron gives a utility process, as far as the engine uses it; it imports nothing of Electron. */
interface Port {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  postMessage(message: unknown): void;
}
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
  postMessage(message: unknown): void;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isParentPort = (value: unknown): value is ParentPort =>
  isObject(value) && 'on' in value && 'postMessage' in value;
const PortSchema = z.custom<Port>((value) => isParentPort(value) && 'start' in value);

function windowPort(port: Port): WindowPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
  };
}

function main(parent: ParentPort): void {
  const engine = new Engine({
    env: process.env,
    data: process.env.HOTDECK_DATA ?? null,
    searcher: new URL('./searcher.js', import.meta.url),
    toHost: (message) => parent.postMessage(message satisfies HostMessage),
  });
  parent.on('message', ({ data, ports }) => {
    const parsed = AppMessageSchema.safeParse(data);
    if (!parsed.success) {
      log('error', 'Refused a message from the app: unknown form.');
      return;
    }
    const message = parsed.data;
    if (message.type === 'open') void engine.open(message.root, message.auto);
    else if (message.type === 'preferences') engine.prefer(message.preferences);
    else if (message.type === 'export') void engine.exportLog(message);
    else if (message.type === 'describe') void engine.describe(message.id);
    else if (message.type === 'connect') {
      const port = PortSchema.safeParse(ports[0]);
      if (port.success) engine.connect(windowPort(port.data));
    } else {
      void engine.quit(message.grace).then(() => parent.postMessage({ type: 'quit' } satisfies HostMessage));
    }
  });
}

const parent: unknown = 'parentPort' in process ? process.parentPort : null;
if (isParentPort(parent)) main(parent);
else {
  console.error('The app starts the engine. On the command line, use `hotdeck`.');
  process.exitCode = 2;
}
