/**
 * What telling the code of a library costs: one of 350 MB of which 60 are mapped, without a build id, beside `sha256sum` of
 * the whole file; and how long the engine is held up at a stroke meanwhile.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CodeCache } from '../../main/engine/process/codeCache.ts';
import { stampOf } from '../../main/engine/process/fileStamp.ts';
import { median, reportPairs, spread } from './statistics.ts';

const SIZE_MB = 350;
const MAPPED_MB = 60;
const RUNS = 11;

/** Prints the figures. */
export async function benchIdentity(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hotdeck-identity-'));
  try {
    for (const buildId of ['none', 'sha1']) await measure(largeLibrary(folder, buildId), buildId);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(file: string, buildId: string): Promise<void> {
  const stamp = stampOf(statSync(file, { bigint: true }));
  const times: { first: number[]; again: number[]; rival: number[]; held: number[] } = {
    first: [],
    again: [],
    rival: [],
    held: [],
  };
  for (let run = -1; run < RUNS; run++) {
    const cache = new CodeCache();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const first = await timed(() => cache.readPath(file, stamp));
    delay.disable();
    const again = await timed(() => cache.readPath(file, stamp));
    const rival = await timed(async () => execFileSync('sha256sum', [file]));
    if (run < 0) continue;
    times.first.push(first);
    times.again.push(again);
    times.rival.push(rival);
    times.held.push(delay.max / 1e6);
  }
  const title = `The code of a library of ${SIZE_MB} MB, ${MAPPED_MB} MB of it mapped, build id: ${buildId}`;
  reportPairs(`${title}; the first look`, 'sha256sum', times.first, times.rival);
  console.log(`  the next look   ${median(times.again).toFixed(3)} ms`);
  console.log(`  held up at a stroke, at most   ${spread(times.held)}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** What is mapped and what is not: zeros do for both. */
function largeLibrary(folder: string, buildId: string): string {
  const zeros = (megabytes: number): string => {
    const path = join(folder, `zeros-${megabytes}`);
    writeFileSync(path, '');
    execFileSync('truncate', ['-s', `${megabytes}M`, path]);
    return path;
  };
  const source = join(folder, 'code.s');
  writeFileSync(
    source,
    `.section .rodata\n.globl much\nmuch: .incbin "${zeros(MAPPED_MB)}"\n.section .note.GNU-stack,"",@progbits\n`,
  );
  const file = join(folder, `liblarge-${buildId}.so`);
  execFileSync('gcc', ['-shared', '-o', file, source, `-Wl,--build-id=${buildId}`], { cwd: folder });
  execFileSync('objcopy', ['--add-section', `.debug_info=${zeros(SIZE_MB - MAPPED_MB)}`, file]);
  return file;
}
