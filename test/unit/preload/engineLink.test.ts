import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WindowMessage, WindowMessageSchema } from '#shared/contract.ts';
import { EngineLink, type Port, type PushedMessage } from '../../../preload/engineLink.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real channel: the page's end, and the engine's with what came out of it. */
function channel() {
  const { port1, port2 } = new MessageChannel();
  const received: WindowMessage[] = [];
  port2.on('message', (message: unknown) => received.push(WindowMessageSchema.parse(message)));
  closers.push(() => port2.close());
  const page: Port = {
    onmessage: null,
    postMessage: (message) => port1.postMessage(message),
    addEventListener: (_type, listener) => port1.on('close', listener),
    close: () => port1.close(),
  };
  port1.on('message', (data: unknown) => page.onmessage?.(new MessageEvent('message', { data })));
  return { page, engine: port2, received };
}

let link: EngineLink;
let pushed: PushedMessage[];
beforeEach(() => {
  link = new EngineLink();
  pushed = [];
  link.onMessage((message) => pushed.push(message));
});

const state = { type: 'state', state: { name: 'empty' } } as const;
const disconnected = { ok: false, failure: { kind: 'disconnected' } };

describe('the link to the engine', () => {
  it('gives each request the reply that belongs to it, in whatever order they come', async () => {
    const { page, engine, received } = channel();
    link.attach(page);
    const replies = [link.request('build', {}), link.request('start', {})];
    await vi.waitFor(() => expect(received).toHaveLength(2));
    const ids = received.map((message) => (message.type === 'request' ? message.id : null));
    const failure = { kind: 'busy', message: 'Busy.', remedy: null };
    engine.postMessage({ type: 'reply', id: ids[1], reply: { ok: false, failure } });
    engine.postMessage({ type: 'reply', id: 999, reply: { ok: true } });
    engine.postMessage({ type: 'reply', id: ids[0], reply: { ok: true } });
    expect(await Promise.all(replies)).toEqual([{ ok: true }, { ok: false, failure }]);
    expect(received[0]).toMatchObject({ name: 'build', params: {} });
  });

  it('acknowledges output', async () => {
    const { page, received } = channel();
    link.ack('server', 5);
    link.attach(page);
    link.ack('server', 5000);
    await vi.waitFor(() => expect(received).toEqual([{ type: 'ack', stream: 'server', chars: 5000 }]));
  });

  it('passes on what the engine tells, and replies to nobody', async () => {
    const { page, engine } = channel();
    link.attach(page);
    engine.postMessage(state);
    engine.postMessage({ type: 'reply', id: 1, reply: { ok: true } });
    engine.postMessage({ type: 'output', stream: 'server', data: 'hello' });
    await vi.waitFor(() =>
      expect(pushed).toEqual([state, { type: 'output', stream: 'server', data: 'hello' }]),
    );
  });

  it('refuses what is not of the contract and goes on', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const { page, engine } = channel();
    link.attach(page);
    for (const bad of [
      null,
      'text',
      { type: 'run' },
      { type: 'output', stream: 'x', data: '' },
      { type: 'state' },
    ]) {
      engine.postMessage(bad);
    }
    engine.postMessage(state);
    await vi.waitFor(() => expect(pushed).toEqual([state]));
    expect(said).toHaveBeenCalledTimes(5);
    said.mockRestore();
  });

  it('without a port says at once that nothing is connected', async () => {
    expect(await link.request('start', {})).toMatchObject(disconnected);
  });

  it('tells who waits that the engine is gone', async () => {
    const { page, engine, received } = channel();
    link.attach(page);
    const replies = [link.request('build', {}), link.request('start', {})];
    await vi.waitFor(() => expect(received).toHaveLength(2));
    engine.close();
    expect(await Promise.all(replies)).toMatchObject([disconnected, disconnected]);
    expect(await link.request('start', {})).toMatchObject(disconnected);
  });

  it('takes a new port in place of the old one', async () => {
    const [first, second] = [channel(), channel()];
    const closed = new Promise((resolve) => first.engine.on('close', resolve));
    link.attach(first.page);
    const lost = link.request('build', {});
    link.attach(second.page);
    expect(await lost).toMatchObject(disconnected);
    await closed;
    // The first one's closing must not be taken for the second one's.
    const reply = link.request('start', {});
    await vi.waitFor(() => expect(second.received).toHaveLength(1));
    second.engine.postMessage({ type: 'reply', id: 2, reply: { ok: true } });
    expect(await reply).toEqual({ ok: true });
  });

  it('says when the next port is there', async () => {
    const arrived = vi.fn();
    const waiting = [link.nextPort().then(arrived), link.nextPort().then(arrived)];
    link.attach(channel().page);
    await Promise.all(waiting);
    expect(arrived).toHaveBeenCalledTimes(2);
  });
});

describe('listeners', () => {
  it('end, and do not keep each other from hearing', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const { page, engine } = channel();
    link.attach(page);
    const ended: PushedMessage[] = [];
    link.onMessage((message) => ended.push(message))();
    link.onMessage(() => {
      throw new Error('broken listener');
    });
    const later: PushedMessage[] = [];
    link.onMessage((message) => later.push(message));
    engine.postMessage(state);
    await vi.waitFor(() => expect(later).toEqual([state]));
    expect(pushed).toEqual([state]);
    expect(ended).toEqual([]);
    said.mockRestore();
  });
});
