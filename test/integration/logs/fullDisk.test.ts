import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../support/folders.ts';
import { makeProgram, outputOf } from './program.ts';

const Report = z.object({
  told: z.array(z.object({ kind: z.string(), message: z.string() })),
  failures: z.array(z.object({ kind: z.string() })),
  pressure: z.array(z.boolean()),
  stored: z.array(z.object({ bytes: z.number(), endLine: z.number() })),
  runs: z.array(z.object({ id: z.string(), state: z.string(), bytes: z.number() })),
  next: z.string(),
  isStored: z.boolean(),
});

describe('a full disk', () => {
  const isolated = spawnSync('unshare', ['-rm', 'true']).status === 0;

  const fillIt = async (command: (run: string, data: string) => string): Promise<z.infer<typeof Report>> => {
    const data = join(await temporaryFolder(), 'disk');
    await mkdir(data);
    const program = await makeProgram(
      'test/integration/logs/programs/fullDisk.ts',
      join(data, '..', 'program'),
    );
    const shell = isolated ? ['unshare', '-rm', 'sh', '-c'] : ['sh', '-c'];
    const run = `exec "${process.execPath}" "${program}" "${data}" 1048576`;
    return Report.parse(JSON.parse(await outputOf([...shell, command(run, data)])));
  };
  beforeAll(() => {
    if (!isolated) console.warn('No tmpfs of its own here: the disk is not really full in these tests.');
  });

  it.runIf(isolated)('ends the storing of this run, is said once, and the next run is stored', async () => {
    const report = await fillIt((run, data) => `mount -t tmpfs -o size=1m none "${data}" && ${run}`);
    expect(report.told).toMatchObject([{ kind: 'log-disk-full' }]);
    expect(report.failures).toHaveLength(1);
    expect(report.stored[0]?.bytes).toBeGreaterThan(300_000);
    expect(report.stored[0]?.endLine).toBe(Math.ceil((report.stored[0]?.bytes ?? 0) / 100));
    expect(report.runs.find(({ id }) => id === report.next)).toMatchObject({ state: 'ended', bytes: 6 });
    expect(report.pressure.at(-1) ?? false).toBe(false);
  });

  it('is no different where a file may not grow', async () => {
    const report = await fillIt((run) => `ulimit -f 1100 && ${run}`);
    expect(report.told).toMatchObject([{ kind: 'log-unwritable' }]);
    expect(report.stored[0]?.bytes).toBeGreaterThan(300_000);
    expect(report.runs.find(({ id }) => id === report.next)).toMatchObject({ state: 'ended', bytes: 6 });
  });
});
