/** An engine in a process of its own: for what the process that runs the tests may do and an engine must not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { EngineMessage } from '#shared/contract.ts';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { clientOf, type EngineClient, type EngineHost } from './engine.ts';
import type { FromChild, ToChild } from './engineChildMain.ts';
import { madeOnce } from './madeOnce.ts';

/** Who has one of these may read any process's memory maps (capabilities(7)): CAP_SYS_ADMIN is as good as the last. */
const CAPABILITIES = { SYS_PTRACE: 19n, SYS_ADMIN: 21n, PERFMON: 38n };

/** The program, in JavaScript. */
async function engineProgram(): Promise<string> {
  const folder = await madeOnce('engineChild', async (outDir) => {
    await build({
      configFile: false,
      root: checkoutRoot(),
      publicDir: false,
      logLevel: 'error',
      build: {
        ssr: join(checkoutRoot(), 'test/support/engineChildMain.ts'),
        outDir,
        target: 'node20',
        minify: false,
      },
    });
  });
  return join(folder, 'engineChildMain.js');
}

/** The command before another that takes from it the right to read any process's memory maps; empty without it. */
export function withoutTracing(): string[] {
  const held = BigInt(
    `0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`,
  );
  const less = Object.values(CAPABILITIES)
    .filter((number) => ((held >> number) & 1n) === 1n)
    .map((number) => `-cap_${number}`);
  return less.length === 0 ? [] : ['setpriv', `--bounding-set=${less.join()}`, `--inh-caps=${less.join()}`];
}

/**
 * An engine in a process of its own; ends with `close`, or with this process.
 * @param before a command and its arguments, to which that of the engine is added.
 */
export const startEngineChild = async (
  before: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<EngineClient> => clientOf(remoteEngine(await spawnEngine(before, env)), []);

/** The same with a folder for what it keeps, and with what kills it as a power cut would: at once, and without a word. */
export async function startMortalEngine(
  data: string,
): Promise<{ client: EngineClient; kill(): Promise<void> }> {
  const child = await spawnEngine([], { HOTDECK_TEST_DATA: data });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { client: clientOf(remoteEngine(child), []), kill };
}

async function spawnEngine(before: readonly string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const [file = '', ...args] = [...before, process.execPath, await engineProgram()];
  return spawn(file, args, {
    cwd: checkoutRoot(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

function remoteEngine(child: ChildProcess): EngineHost {
  const done = new Map<number, () => void>();
  let toWindow: (message: EngineMessage) => void = () => {};
  let count = 0;
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const ended = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`The engine's process ended: ${signal ?? code}`)));
  });
  // Whoever waits for something is told; an end that nobody waits for is no failure.
  ended.catch(() => {});
  child.on('message', (message: FromChild) => {
    if (message.type === 'ready') isReady();
    else if (message.type === 'done') done.get(message.id)?.();
    else toWindow(message.message);
  });
  const post = (message: ToChild): void => {
    void ready.then(() => {
      if (child.connected) child.send(message);
    });
  };
  const ask = (message: (id: number) => ToChild): Promise<void> => {
    count += 1;
    const id = count;
    post(message(id));
    return Promise.race([ended, new Promise<void>((resolve) => done.set(id, resolve))]);
  };
  return {
    open: (root, auto) => ask((id) => ({ type: 'open', id, root, auto })),
    connect: (port) => {
      toWindow = (message) => port.post(message);
      port.onMessage((message) => post({ type: 'window', message }));
    },
    quit: async (grace) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await ask((id) => ({ type: 'quit', id, grace }));
      child.disconnect();
      await ended.catch(() => {});
    },
  };
}
