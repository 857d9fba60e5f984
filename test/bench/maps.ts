/**
 * What a look at the memory maps costs, of a process with 500 files mapped in four pieces each, as a library is: the
 * first look, which has to make something of them, and the next, when nothing has changed. The rivals: `cat` of the same
 * file, a program whose start is part of its time, and reading it without making anything of it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImages } from '../../main/engine/process/images.ts';
import { ProcMapsReader } from '../../main/engine/process/procMapsReader.ts';
import { reportPairs } from './statistics.ts';

const FILES = 500;
const WARM_UP = 20;
const RUNS = 101;
/** Looks a second while a server runs and nothing happens. */
const LOOKS = 1;

/** Maps the files that it is given, says so, and waits. */
const PROGRAM = `
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void map(int file, int page, int protection) {
  if (mmap(0, 4096, protection, MAP_PRIVATE, file, page * 4096L) == MAP_FAILED) perror("mmap");
}

int main(int count, char **files) {
  for (int at = 1; at < count; at++) {
    int file = open(files[at], O_RDONLY);
    map(file, 0, PROT_READ);
    map(file, 1, PROT_READ | PROT_EXEC);
    map(file, 2, PROT_READ);
    map(file, 3, PROT_READ | PROT_WRITE);
    close(file);
  }
  puts("mapped");
  fflush(stdout);
  pause();
}
`;

/** Prints the figures. */
export async function benchMaps(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hotdeck-maps-')));
  let child: ChildProcess | null = null;
  try {
    child = await startMapped(folder);
    const pid = child.pid ?? 0;
    const maps = `/proc/${pid}/maps`;
    const found = [...(readImages(pid)?.keys() ?? [])].filter((name) => name.startsWith('libpart'));
    if (found.length !== FILES) throw new Error(`Of ${FILES} files ${found.length} were seen.`);
    const lines = readFileSync(maps, 'latin1').trimEnd().split('\n').length;
    console.log(`\nMemory maps of a process with ${FILES} mapped files, ${lines} lines`);
    const eyes = new ProcMapsReader(pid, ({ path }) => path.includes('/libpart'));
    const first = () => readImages(pid);
    const again = () => eyes.look();
    const cat = () => execFileSync('sh', ['-c', `exec cat ${maps} > /dev/null`]);
    const reading = () => readFileSync(maps, 'latin1');
    pair('The first look, against cat', 'cat', first, cat);
    pair('The first look, against reading alone', 'read', first, reading);
    pair('The next look, against reading alone', 'read', again, reading);
    reportShare(again);
  } finally {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startMapped(folder: string): Promise<ChildProcess> {
  writeFileSync(join(folder, 'mapper.c'), PROGRAM);
  execFileSync('gcc', ['-O1', '-o', 'mapper', 'mapper.c'], { cwd: folder });
  const files = Array.from({ length: FILES }, (_, at) => join(folder, `libpart_${at}.so`));
  for (const file of files) writeFileSync(file, new Uint8Array(4 * 4096));
  const child = spawn(join(folder, 'mapper'), files, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The program with the mapped files has ended.')));
  });
  return child;
}

function pair(title: string, rivalName: string, ours: () => unknown, rival: () => unknown): void {
  const times: { ours: number[]; rival: number[] } = { ours: [], rival: [] };
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const own = timed(ours);
    const other = timed(rival);
    if (run < 0) continue;
    times.ours.push(own);
    times.rival.push(other);
  }
  reportPairs(title, rivalName.padEnd(7), times.ours, times.rival);
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** The processor time of a look, the kernel's part included, as a share of one core. */
async function reportShare(look: () => unknown): Promise<void> {
  const before = process.cpuUsage();
  for (let run = 0; run < RUNS; run += 1) look();
  const { user, system } = process.cpuUsage(before);
  const each = (user + system) / 1_000 / RUNS;
  console.log(
    `  processor ${each.toFixed(2)} ms a look: ${((each * LOOKS) / 10).toFixed(2)} % of a core at ${LOOKS} a second`,
  );
}
