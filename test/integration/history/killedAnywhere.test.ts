/**
 * A writer is killed at every single step by which it changes the disk: between line and index entry, when it begins another
 * segment, while it removes old ones and mends an index, and within writes. What is left is whole, and the next one goes on.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { segmentFile, writerName } from '../../../main/engine/history/segmentNames.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { ALL, anEdit, historyIn } from '../../unit/history/records.ts';
import { valueIn } from '../../unit/logs/store/runs.ts';
import { makeProgram } from '../logs/program.ts';
import { AT, LIMITS, visible } from './programs/mortalPlan.ts';

const OLD = 1_700_000_000_000;
/** What is old is kept: only how much it is counts here. */
const { ageMs } = LIMITS;

/** A history that an earlier one has left: too much of it, and with an index that has to be mended. */
async function earlier(): Promise<string> {
  const data = await temporaryFolder();
  const now = () => OLD;
  const { store } = historyIn(data, { limits: { ageMs, segmentBytes: LIMITS.segmentBytes }, now });
  for (let i = 0; i < 40; i += 1) store.append(anEdit({ at: OLD + i }));
  await store.close();
  for (const file of await readdir(store.folder)) {
    const path = join(store.folder, file);
    const bytes = await readFile(path);
    const text = bytes.toString('latin1').replace(/"pid":\d+,/, (pid) => '"pid":0,'.padEnd(pid.length));
    if (file.endsWith('jsonl')) await writeFile(path, text, 'latin1');
    else if (file.endsWith('7.idx')) await writeFile(path, bytes.subarray(0, 150));
    await utimes(path, OLD / 1000, OLD / 1000);
  }
  return data;
}

/** @param step at which it is killed. @returns how much it said was kept, and what it printed. */
async function run(program: string, data: string, step: number): Promise<{ kept: number; printed: string }> {
  const notes = join(data, 'notes');
  const child = spawn(process.execPath, [program, data, notes, String(step)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (text) => {
    printed += String(text);
  });
  await new Promise((resolve) => child.on('close', resolve));
  return { kept: (await readFile(notes, 'utf8')).length, printed };
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('a writer that is killed at any step', () => {
  it('leaves all that it said was kept, and one more at the most', { timeout: 300_000 }, async () => {
    const program = await makeProgram(
      'test/integration/history/programs/mortalWriter.ts',
      await temporaryFolder(),
    );
    const before = await earlier();
    const fresh = async (): Promise<string> => {
      const data = await temporaryFolder();
      await cp(before, data, { recursive: true, preserveTimestamps: true });
      return data;
    };
    const steps = Number((await run(program, await fresh(), -1)).printed);
    expect(steps).toBeGreaterThan(80);
    let pruned = 0;
    for (let step = 0; step < steps; step += 1) {
      const data = await fresh();
      const { kept } = await run(program, data, step);
      const { store, failures } = historyIn(data, { limits: { ageMs } });
      const read = async (from: number): Promise<string[]> => {
        const words: string[] = [];
        for await (const { record } of store.records({ from })) {
          const round = Math.floor((record.at - AT) / 10);
          words.push(record.kind === 'build' ? `build ${round} ${record.outcome}` : `edit ${round}`);
        }
        return words;
      };
      const found = await read(AT);
      const about = `killed at ${step} of ${steps}, ${kept} kept`;
      const expected = [visible(kept), visible(kept + 1)];
      // The oldest may be gone, and only as far as they must.
      const whole = expected.find(
        (words) => words.slice(words.length - found.length).join() === found.join(),
      );
      expect(whole, `${about}: ${found.join(', ')}`).toBeDefined();
      if (found.length < (whole?.length ?? 0)) {
        pruned += 1;
        expect(await sizeOf(store.folder), about).toBeGreaterThan(
          LIMITS.totalBytes - 2 * LIMITS.segmentBytes,
        );
      }
      // Of the earlier one the oldest go first.
      const old: number[] = [];
      for await (const { record } of store.records({ to: OLD + 1000 })) old.push(record.at - OLD);
      expect(old, about).toEqual(Array.from({ length: old.length }, (_, i) => 40 - old.length + i));
      const { whole: extent, entries } = valueIn(await store.history(ALL));
      expect(extent?.count ?? 0, about).toBe(old.length + found.length);
      expect(
        entries.reduce((sum, { count }) => sum + count, 0),
        about,
      ).toBe(extent?.count ?? 0);
      // The next one goes on.
      expect(store.append(anEdit({ at: AT - 1 })), about).not.toBeNull();
      await store.close();
      const { store: again, failures: more } = historyIn(data, { limits: { ageMs } });
      expect(valueIn(await again.history(ALL)).whole?.count, about).toBe(old.length + found.length + 1);
      expect([...failures, ...more], about).toEqual([]);
    }
    expect(pruned).toBeGreaterThan(0);
  });
});

it('what was left by the mending of an index goes', async () => {
  const data = await temporaryFolder();
  const { store } = historyIn(data);
  await mkdir(store.folder, { recursive: true });
  const name = segmentFile({ writer: writerName(OLD, 4711), segment: 0 }, 'idx');
  const [left, lately, other] = [`${name}.4711.tmp`, `${name}.4712.tmp`, 'mine.tmp'];
  for (const file of [left, lately, other]) await writeFile(join(store.folder, file), 'x');
  for (const file of [left, other]) await utimes(join(store.folder, file), OLD / 1000, OLD / 1000);
  store.tidy();
  await store.close();
  expect((await readdir(store.folder)).sort()).toEqual([lately, other].sort());
});
