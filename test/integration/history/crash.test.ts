/** A writer that is killed loses the record that it is writing, at the most, and what it leaves is read without a word. */
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { ALL, anEdit, historyIn } from '../../unit/history/records.ts';
import { valueIn } from '../../unit/logs/store/runs.ts';
import { makeProgram } from '../logs/program.ts';

const KILLS = 16;
const AT = 1_750_000_000_000;

describe('a history whose writer is killed', () => {
  /** @param ms after its first records. */
  async function killed(program: string, data: string, notes: string, ms: number): Promise<number> {
    const child = spawn(process.execPath, [program, data, notes], { stdio: 'inherit' });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    onTestFinished(() => void child.kill('SIGKILL'));
    const size = (): Promise<number> =>
      stat(notes).then(
        (found) => found.size,
        () => 0,
      );
    await expect.poll(size, { timeout: 60_000, interval: 1 }).toBeGreaterThan(10);
    const until = performance.now() + ms;
    while (performance.now() < until);
    child.kill('SIGKILL');
    await ended;
    return (await readFile(notes, 'utf8')).split('\n').length - 1;
  }

  it(`has everything that it said was kept, and one more at the most (killed at ${KILLS} points)`, async () => {
    const program = await makeProgram(
      'test/integration/history/programs/steadyWriter.ts',
      await temporaryFolder(),
    );
    for (let i = 0; i < KILLS; i += 1) {
      const data = await temporaryFolder();
      // A fraction of what a record takes, each time another.
      const kept = await killed(program, data, join(data, 'notes'), (i * 7.37) % 23);
      const { store, failures } = historyIn(data);
      const files: string[] = [];
      for await (const { record } of store.records())
        if (record.kind === 'edit') files.push(record.files[0] ?? '');
      expect(files.length - kept).toBeGreaterThanOrEqual(0);
      expect(files.length - kept).toBeLessThanOrEqual(1);
      expect(files).toEqual(files.map((_, n) => `${n}`.padEnd(n % 700, 'x')));
      const { entries, whole } = valueIn(await store.history(ALL));
      expect(whole?.count).toBe(files.length);
      expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(files.length);
      // The next one goes on, and mends what is left.
      expect(store.append(anEdit({ at: AT - 1 }))).not.toBeNull();
      await store.close();
      const again = historyIn(data);
      expect(valueIn(await again.store.history(ALL)).whole?.count).toBe(files.length + 1);
      expect([...failures, ...again.failures]).toEqual([]);
    }
  });
});
