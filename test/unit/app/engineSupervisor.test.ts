import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EngineEvents, EngineSupervisor } from '../../../main/app/engineSupervisor.ts';
import type { AppMessage } from '../../../main/engine/protocol.ts';

/** An engine process that does what the test says. */
class FakeEngine {
  readonly sent: { message: AppMessage; port: string | undefined }[] = [];
  readonly events: EngineEvents;
  killed = false;

  constructor(events: EngineEvents) {
    this.events = events;
  }

  post(message: AppMessage, port?: string): void {
    this.sent.push({ message, port });
    if (message.type === 'quit') this.onQuit();
  }

  onQuit: () => void = () => {};

  kill(): void {
    this.killed = true;
  }

  get types(): string[] {
    return this.sent.map(({ message }) => message.type);
  }
}

const limits = { grace: 1500, limit: 1900 };
const auto = { buildOnSave: true, reloadAfterBuild: false };

function setUp() {
  const engines: FakeEngine[] = [];
  const health: string[] = [];
  const messages: unknown[] = [];
  const state = { replaced: 0, broken: false };
  const supervisor = new EngineSupervisor<string>({
    fork(events) {
      if (state.broken) throw new Error('no such file');
      const engine = new FakeEngine(events);
      engines.push(engine);
      return engine;
    },
    onHealth: ({ name }) => health.push(name),
    onMessage: (message) => messages.push(message),
    onReplaced: () => {
      state.replaced += 1;
    },
  });
  const newest = () => {
    const engine = engines.at(-1);
    if (engine === undefined) throw new Error('no engine was started');
    return engine;
  };
  return { supervisor, engines, health, messages, state, newest };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('an engine', () => {
  it('is started once', () => {
    const { supervisor, engines, health } = setUp();
    supervisor.start();
    supervisor.start();
    expect(engines).toHaveLength(1);
    expect(health).toEqual(['running']);
  });

  it('is given the workspace and the ports', () => {
    const { supervisor, newest } = setUp();
    expect(supervisor.connect('too early')).toBe(false);
    supervisor.start();
    supervisor.open('/srv/depot', auto);
    expect(supervisor.connect('port')).toBe(true);
    expect(newest().sent).toEqual([
      { message: { type: 'open', root: '/srv/depot', auto }, port: undefined },
      { message: { type: 'connect' }, port: 'port' },
    ]);
  });

  it('that was asked to open before it was started opens then', () => {
    const { supervisor, newest } = setUp();
    supervisor.open('/srv/depot', auto);
    supervisor.start();
    expect(newest().types).toEqual(['open']);
  });

  it('is heard, but only in the words of the protocol', () => {
    const { supervisor, newest, messages } = setUp();
    supervisor.start();
    newest().events.message({ type: 'opened', root: '/srv/depot', name: 'depot' });
    newest().events.message({ type: 'run', command: 'rm' });
    newest().events.message(null);
    expect(messages).toEqual([{ type: 'opened', root: '/srv/depot', name: 'depot' }]);
  });
});

describe('an engine that crashes', () => {
  it('is started again, with its workspace and switches as they were last', () => {
    const { supervisor, engines, health, state, newest } = setUp();
    supervisor.start();
    supervisor.open('/srv/depot', auto);
    const changed = { buildOnSave: false, reloadAfterBuild: true };
    newest().events.message({ type: 'auto', root: '/elsewhere', auto: changed });
    newest().events.message({ type: 'auto', root: '/srv/depot', auto: changed });
    newest().events.exit(139);
    expect(supervisor.health).toMatchObject({ name: 'restarting' });
    expect(supervisor.connect('meanwhile')).toBe(false);
    vi.advanceTimersByTime(100);
    expect(engines).toHaveLength(2);
    expect(newest().sent[0]?.message).toEqual({ type: 'open', root: '/srv/depot', auto: changed });
    expect(state.replaced).toBe(1);
    expect(health).toEqual(['running', 'restarting', 'running']);
  });

  it('is not heard any more', () => {
    const { supervisor, engines, messages } = setUp();
    supervisor.start();
    engines[0]?.events.exit(1);
    vi.advanceTimersByTime(100);
    engines[0]?.events.message({ type: 'quit' });
    engines[0]?.events.exit(1);
    expect(messages).toEqual([]);
    expect(supervisor.health.name).toBe('running');
    expect(engines).toHaveLength(2);
  });

  it('again and again is left alone, and said to have failed', () => {
    const { supervisor, engines, newest } = setUp();
    supervisor.start();
    for (let crash = 0; crash < 6; crash += 1) {
      newest().events.exit(1);
      vi.advanceTimersByTime(2000);
    }
    expect(engines).toHaveLength(6);
    expect(supervisor.health).toEqual({
      name: 'failed',
      message: 'The engine stopped unexpectedly. Restarting it did not help.',
    });
  });

  it('is started by hand once more, with a clean slate', async () => {
    const { supervisor, engines, state, newest } = setUp();
    supervisor.start();
    for (let crash = 0; crash < 6; crash += 1) {
      newest().events.exit(1);
      vi.advanceTimersByTime(2000);
    }
    const replaced = state.replaced;
    await supervisor.restart(limits);
    expect(supervisor.health.name).toBe('running');
    expect(state.replaced).toBe(replaced + 1);
    newest().events.exit(1);
    vi.advanceTimersByTime(100);
    expect(engines).toHaveLength(8);
  });

  it('because it can’t be started counts as crashing', () => {
    const { supervisor, engines, health, state } = setUp();
    state.broken = true;
    supervisor.start();
    vi.advanceTimersByTime(100 + 200 + 400 + 800 + 1600);
    expect(engines).toHaveLength(0);
    expect(supervisor.health).toMatchObject({ name: 'failed' });
    expect(state.replaced).toBe(0);
    expect(health).not.toContain('running');
  });
});

describe('quitting', () => {
  it('waits until the engine says so', async () => {
    const { supervisor, newest } = setUp();
    supervisor.start();
    const engine = newest();
    engine.onQuit = () => setTimeout(() => engine.events.message({ type: 'quit' }), 700);
    const done = vi.fn();
    const quit = supervisor.quit(limits).then(done);
    expect(engine.sent.at(-1)?.message).toEqual({ type: 'quit', grace: 1500 });
    await vi.advanceTimersByTimeAsync(699);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await quit;
    expect(engine.killed).toBe(true);
  });

  it('does not wait for an engine that is gone', async () => {
    const { supervisor, engines, newest } = setUp();
    supervisor.start();
    const engine = newest();
    engine.onQuit = () => engine.events.exit(0);
    await supervisor.quit(limits);
    await vi.advanceTimersByTimeAsync(5000);
    expect(engines).toHaveLength(1);
  });

  it('kills an engine that hangs', async () => {
    const { supervisor, newest } = setUp();
    supervisor.start();
    const quit = supervisor.quit(limits);
    await vi.advanceTimersByTimeAsync(1899);
    expect(newest().killed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await quit;
    expect(newest().killed).toBe(true);
  });

  it('calls a restart off that was due', async () => {
    const { supervisor, engines, newest } = setUp();
    supervisor.start();
    newest().events.exit(1);
    await supervisor.quit(limits);
    vi.advanceTimersByTime(5000);
    expect(engines).toHaveLength(1);
  });

  it('in the middle of a restart waits for the old engine and starts no new one', async () => {
    const { supervisor, engines, newest } = setUp();
    supervisor.start();
    const engine = newest();
    const restart = supervisor.restart(limits);
    const done = vi.fn();
    const quit = supervisor.quit(limits).then(done);
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).not.toHaveBeenCalled();
    engine.events.message({ type: 'quit' });
    await Promise.all([restart, quit]);
    expect(engines).toHaveLength(1);
    expect(engine.killed).toBe(true);
  });
});

it('restarting ends the running engine first', async () => {
  const { supervisor, engines, state, newest } = setUp();
  supervisor.start();
  supervisor.open('/srv/depot', auto);
  const first = newest();
  first.onQuit = () => first.events.message({ type: 'quit' });
  await supervisor.restart(limits);
  expect(first.killed).toBe(true);
  expect(engines).toHaveLength(2);
  expect(newest().types).toEqual(['open']);
  expect(state.replaced).toBe(1);
});
