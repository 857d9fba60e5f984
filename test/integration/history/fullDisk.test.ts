import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../support/folders.ts';
import { makeProgram, outputOf } from '../logs/program.ts';

const Report = z.object({
  failures: z.array(z.object({ kind: z.string() })),
  told: z.number(),
  kept: z.number(),
  lost: z.number(),
  isKeptAgain: z.boolean(),
  times: z.array(z.number()),
});

describe('a full disk', () => {
  const isolated = spawnSync('unshare', ['-rm', 'true']).status === 0;
  beforeAll(() => {
    if (!isolated) console.warn('No tmpfs of its own here: this is not tested.');
  });

  it.runIf(isolated)('is said once; what was kept stays whole, and goes on when there is room', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'disk');
    await mkdir(data);
    const program = await makeProgram(
      'test/integration/history/programs/fullDisk.ts',
      join(folder, 'program'),
    );
    const run = `mount -t tmpfs -o size=1m none "${data}" && exec "${process.execPath}" "${program}" "${data}" 1048576`;
    const report = Report.parse(JSON.parse(await outputOf(['unshare', '-rm', 'sh', '-c', run])));
    expect(report.failures).toMatchObject([{ kind: 'history-disk-full' }]);
    expect(report.told).toBe(1);
    expect(report.kept).toBeGreaterThan(300);
    expect(report.isKeptAgain).toBe(true);
    // Those that came while it was full are the ones with -1: small enough for the last bytes of it, or lost.
    const kept = report.times.filter((at) => at !== -1);
    expect(kept).toEqual(Array.from({ length: report.kept + 1 }, (_, i) => i));
    expect(report.times.length - kept.length).toBe(21 - report.lost);
  });
});
