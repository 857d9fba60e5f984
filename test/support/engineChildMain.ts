/** What runs in the process that engineChild.ts starts: one engine with one window, by messages from the parent. */
import type { Auto, EngineMessage } from '#shared/contract.ts';
import { newEngine } from './engine.ts';

export type ToChild =
  | { type: 'open'; id: number; root: string; auto: Auto }
  | { type: 'quit'; id: number; grace: number }
  | { type: 'window'; message: unknown };

export type FromChild =
  | { type: 'ready' }
  | { type: 'done'; id: number }
  | { type: 'window'; message: EngineMessage };

const tell = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

const engine = newEngine(process.env, () => {}, process.env.HOTDECK_TEST_DATA ?? null);
let fromWindow: (message: unknown) => void = () => {};
engine.connect({
  post: (message) => tell({ type: 'window', message }),
  onMessage: (listener) => {
    fromWindow = listener;
  },
  onClose: () => {},
});

process.on('message', (message: ToChild) => {
  const done = (id: number): void => tell({ type: 'done', id });
  if (message.type === 'window') fromWindow(message.message);
  else if (message.type === 'open') void engine.open(message.root, message.auto).then(() => done(message.id));
  else void engine.quit(message.grace).then(() => done(message.id));
});
// Whoever asked for this engine has gone, or needs it no longer.
process.on('disconnect', () => void engine.quit(0).then(() => process.exit()));
tell({ type: 'ready' });
