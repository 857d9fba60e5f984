import { spawn } from 'node:child_process';
import { readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLines } from '../../../main/engine/logs/store/runLines.ts';
import { RunReader } from '../../../main/engine/logs/store/runReader.ts';
import { listRuns } from '../../../main/engine/logs/store/runs.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { bytesOf, readerOf, storeIn, valueIn } from '../../unit/logs/store/runs.ts';
import { makeProgram } from './program.ts';

const HOUR = 60 * 60 * 1000;

/** A run whose writer was killed: its store's data folder, its folder, and what the writer had handed over by then. */
async function killedRun(ms: number): Promise<{ data: string; folder: string; handedOver: string[] }> {
  const data = await temporaryFolder();
  const notes = join(data, 'notes');
  const program = await makeProgram('test/integration/logs/programs/steadyWriter.ts', join(data, 'program'));
  const child = spawn(process.execPath, [program, data, notes], { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect
    .poll(
      () =>
        stat(notes).then(
          ({ size }) => size > 10_000,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  await ended;
  const handedOver = (await readFile(notes, 'utf8')).split('\n').slice(0, -1);
  return { data, folder: join(data, 'logs', 'depot'), handedOver };
}

const timeOf = (line: string | undefined): number => Number(line?.split(' ')[1]);

/** How long the writer ran while it handed over these lines, in ms: it does so every ms, unless the machine lets it wait. */
function runningTime(lines: readonly string[]): number {
  const times = lines.map(timeOf);
  return times.reduce((sum, time, i) => sum + Math.min(5, time - (times[i - 1] ?? time)), 0);
}

describe('a run whose writer was killed', () => {
  it.each([37, 444, 1234])(
    'lacks 100 ms at the most, and is read as if nothing had been (after %i ms)',
    async (ms) => {
      const { folder, handedOver } = await killedRun(ms);
      const [run] = await listRuns(folder);
      expect(run).toMatchObject({ state: 'cut-off', stream: 'server', firstLine: 0, marks: [] });
      const reader = valueIn(await RunReader.open(folder, run?.id ?? ''));
      onTestFinished(() => reader.close());
      const text = (await bytesOf(reader)).toString();
      const lines = text.split('\n');
      if (lines.at(-1) === '') lines.pop();
      expect(handedOver.slice(0, lines.length - 1)).toEqual(lines.slice(0, -1));
      expect(runningTime(handedOver.slice(lines.length - 2))).toBeLessThanOrEqual(100);
      expect(run?.endLine).toBe(lines.length);
      const some = valueIn(await readLines(reader, lines.length - 50, lines.length));
      expect(some.map(({ bytes }) => bytes.toString())).toEqual(lines.slice(-50));
    },
  );

  it('gets its end, and a whole index, once it is certain that nobody writes it', async () => {
    const { data, folder } = await killedRun(1500);
    const { store, failures } = storeIn(data);
    const [before] = await store.runs();
    const run = before?.id ?? '';
    const [log, index] = ['log', 'idx'].map((kind) => join(folder, `${run}-0.${kind}`));
    // As if the crash had torn an entry, too.
    const size = (await stat(index ?? '')).size;
    await truncate(index ?? '', size - 64 * Math.floor(size / 256) - 13);
    const tidy = async () => {
      await store.end(store.begin({ stream: 'build' }));
      await store.close();
      return (await store.runs()).find(({ id }) => id === run);
    };
    expect(await tidy()).toMatchObject({ state: 'cut-off', endLine: before?.endLine, marks: [] });
    const hourAgo = new Date(Date.now() - HOUR);
    for (const file of [log, index]) await utimes(file ?? '', hourAgo, hourAgo);
    const after = await tidy();
    expect(after).toMatchObject({ state: 'cut-off', endLine: before?.endLine, levels: before?.levels });
    expect(after?.marks).toMatchObject([{ kind: 'run-ended', label: 'cut off' }]);
    expect(Math.abs((after?.ended ?? 0) - hourAgo.getTime())).toBeLessThan(1000);
    expect((await readdir(folder)).filter((name) => !/\.(log|idx)$/.test(name))).toEqual([]);
    // Again, there is nothing left to do.
    const finished = await readFile(index ?? '');
    await tidy();
    expect((await readFile(index ?? '')).equals(finished)).toBe(true);
    expect(failures).toEqual([]);
  });
});

describe('an index', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `2025-04-08T12:00:00Z  INFO depot: line ${i}\n`).join(
    '',
  );

  it.each([
    ['is missing', () => Buffer.alloc(0)],
    ['has a broken header', (bytes: Buffer) => Buffer.concat([Buffer.alloc(128), bytes.subarray(128)])],
    ['ends in half an entry', (bytes: Buffer) => bytes.subarray(0, bytes.length - 200)],
    ['has a flipped bit', (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 500, 501)],
    ['has foreign bytes behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(777, 1)])],
    ['speaks of bytes that aren’t there', (bytes: Buffer) => bytes, 300_000],
  ])('that %s is made good from the bytes', async (_, breakIndex, cut = text.length) => {
    const { store } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    for (let at = 0; at < text.length; at += 5000) writer.append(Buffer.from(text.slice(at, at + 5000)));
    await store.end(writer);
    const index = join(store.folder, `${writer.id}-0.idx`);
    await writeFile(index, breakIndex(await readFile(index)));
    await truncate(join(store.folder, `${writer.id}-0.log`), cut);
    const reader = await readerOf(store, writer.id);
    expect(reader.extent.end.line).toBe(text.slice(0, cut - 1).split('\n').length);
    expect((await bytesOf(reader)).toString()).toBe(text.slice(0, cut));
    const [line] = valueIn(await readLines(reader, 5000, 5001));
    expect(line).toMatchObject({
      number: 5000,
      bytes: Buffer.from('2025-04-08T12:00:00Z  INFO depot: line 5000'),
    });
  });
});
