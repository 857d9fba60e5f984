/** A virtual display: an X server that draws into memory. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Failure } from '#shared/contract.ts';
import { lastLine } from './runCommand.ts';
import { findProgram } from './systemPackages.ts';

export interface VirtualDisplay {
  /** As in DISPLAY, for example `:99`. */
  display: string;
  /** What a program needs to draw there: DISPLAY, and XAUTHORITY with the key that keeps other users out. */
  environment: { DISPLAY: string; XAUTHORITY: string };
  /** Ends the server; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

const screen = '1600x1000x24';
const startLimit = 20_000;
const stopLimit = 3_000;

/** Starts Xvfb on a free display. Should this process die, the server goes with it (where `setpriv` is installed). */
export async function startXvfb(): Promise<
  ({ ok: true } & VirtualDisplay) | { ok: false; failure: Failure }
> {
  const folder = await mkdtemp(join(tmpdir(), 'hotdeck-display-'));
  const authority = join(folder, 'Xauthority');
  await writeFile(authority, authorityFile(randomBytes(16)), { mode: 0o600 });

  const xvfb = [
    'Xvfb',
    '-displayfd',
    '3',
    '-screen',
    '0',
    screen,
    '-nolisten',
    'tcp',
    '-noreset',
    '-auth',
    authority,
  ];
  const [program = 'Xvfb', ...args] =
    findProgram('setpriv') === undefined ? xvfb : ['setpriv', '--pdeathsig', 'TERM', '--', ...xvfb];
  // In a session of its own: Ctrl-C in the terminal must not take the display from under the app that is to quit.
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  const gone = new Promise<void>((settle) => {
    server.once('exit', () => settle());
    server.once('error', () => settle());
  });
  let stderr = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4_000);
  });

  // The server goes when this process goes; its key should too.
  const forget = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', forget);
  const stop = async () => {
    process.off('exit', forget);
    const kill = setTimeout(() => server.kill('SIGKILL'), stopLimit);
    server.kill('SIGTERM');
    await gone;
    clearTimeout(kill);
    await rm(folder, { recursive: true, force: true });
  };
  const number = await Promise.race([readNumber(server.stdio[3]), gone, elapsed(startLimit)]);
  if (typeof number === 'string') {
    const display = `:${number}`;
    return { ok: true, display, environment: { DISPLAY: display, XAUTHORITY: authority }, stop };
  }
  await stop();
  const message = `The virtual display (Xvfb) didn’t start${stderr === '' ? '' : `: ${lastLine(stderr)}`}.`;
  return {
    ok: false,
    failure: { kind: 'display-failed', message, remedy: startRemedy() },
  };
}

/** A missing program is one reason of many; a desktop session goes without it. */
const startRemedy = (): string =>
  findProgram('Xvfb') === undefined
    ? 'Install the package xvfb.'
    : 'Run Hotdeck in a desktop session, without --xvfb.';

/**
 * An Xauthority file with one key that is good for any display of this machine: big-endian lengths before each part.
 * Without a key every local user could watch the display and type into it.
 */
export function authorityFile(key: Buffer): Buffer {
  const anyAddress = Buffer.from([0xff, 0xff]);
  const parts = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), key];
  const counted = parts.flatMap((part) => [Buffer.from([part.length >> 8, part.length & 0xff]), part]);
  return Buffer.concat([anyAddress, ...counted]);
}

/** The first line on the descriptor that `-displayfd` names. */
async function readNumber(stream: unknown): Promise<string | undefined> {
  if (!(stream instanceof Readable)) return undefined;
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  while (!text.includes('\n')) {
    if (stream.readableEnded || stream.destroyed) return undefined;
    await Promise.race([once(stream, 'data'), once(stream, 'close')]);
  }
  return text.trim();
}

function elapsed(ms: number): Promise<undefined> {
  return new Promise((settle) => {
    setTimeout(() => settle(undefined), ms).unref();
  });
}
