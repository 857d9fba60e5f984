/**
 * What reading a library costs: a 200 MB one with debug information, its summary beside `readelf -d` and its symbols
 * beside `readelf --dyn-syms`. The rivals are programs, so starting them is part of their time; ours opens, reads
 * and closes the file in this process, as the engine does. `fuzzElf` reads a million broken files.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../../main/engine/elf/elf.ts';
import type { ByteSource } from '../../main/engine/elf/source.ts';
import { readSymbols } from '../../main/engine/elf/symbols.ts';
import { expectSobriety, placesRead } from '../unit/elf/sober.ts';
import { breaker } from './elfBreaker.ts';
import { median, reportPairs } from './statistics.ts';

const SIZE_MB = 200;
const FUNCTIONS = 20_000;
const BUDGET_MS = 20;
const WARM_UP = 3;
const RUNS = 21;

/** Prints the figures. */
export async function benchElf(): Promise<void> {
  await inFolder((folder) => {
    const file = debugLibrary(folder);
    const pair = (title: string, ours: () => unknown, rivalFlag: string): number => {
      const times: { ours: number[]; rival: number[] } = { ours: [], rival: [] };
      for (let run = -WARM_UP; run < RUNS; run++) {
        const own = timed(ours);
        const rival = timed(() =>
          execFileSync('readelf', ['--wide', rivalFlag, file], { stdio: 'pipe', maxBuffer: 1 << 28 }),
        );
        if (run < 0) continue;
        times.ours.push(own);
        times.rival.push(rival);
      }
      reportPairs(title, `readelf ${rivalFlag}, with its start`, times.ours, times.rival);
      return median(times.ours);
    };
    const title = (what: string) => `${what} of a library of ${SIZE_MB} MB with ${FUNCTIONS} functions`;
    const summary = pair(title('Summary'), () => inFile(file, readElf), '-d');
    console.log(`  budget    ${BUDGET_MS} ms: ${summary < BUDGET_MS ? 'kept' : 'missed'}`);
    pair(title('Symbols'), () => inFile(file, readSymbols), '--dyn-syms');
  });
}

const CASES = 1_000_000;

/**
 * Breaks real files in a million ways and reads each: a result or a typed failure, few bytes asked for, no throw.
 * Prints how they ended and the longest time that one took.
 * @throws on the first that is not so, with the number that makes it again.
 */
export async function fuzzElf(cases = CASES): Promise<void> {
  await inFolder((folder) => {
    const victims = victimFiles(folder).map((file) => {
      const bytes = new Uint8Array(readFileSync(file));
      return { bytes, places: placesRead(bytes) };
    });
    const ends = new Map<string, number>();
    let slowest = 0;
    const began = performance.now();
    for (let seed = 0; seed < cases; seed++) {
      const victim = victims[seed % victims.length];
      if (victim === undefined) break;
      const broken = breaker(seed, victim.bytes, victim.places);
      const start = performance.now();
      const end = soberly(broken, seed);
      slowest = Math.max(slowest, performance.now() - start);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `\nBroken ELF files: ${cases} in ${seconds.toFixed(0)} s, the slowest ${slowest.toFixed(1)} ms`,
    );
    console.log('  summary, symbols');
    for (const [end, count] of [...ends].sort((a, b) => b[1] - a[1]))
      console.log(`  ${end.padEnd(24)} ${count}`);
    const { heapUsed, external, rss } = process.memoryUsage();
    const megabytes = [heapUsed, external, rss].map((bytes) => Math.round(bytes / 1e6));
    console.log(
      `  memory at the end: heap ${megabytes[0]}, outside ${megabytes[1]}, resident ${megabytes[2]} MB`,
    );
  });
}

function soberly(bytes: Uint8Array, seed: number): string {
  try {
    return expectSobriety(bytes);
  } catch (error) {
    throw new Error(`Case ${seed} went wrong.`, { cause: error });
  }
}

async function inFolder(work: (folder: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hotdeck-elf-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inFile<T>(file: string, read: (source: ByteSource) => T): T {
  const descriptor = openSync(file, 'r');
  try {
    return read({
      size: fstatSync(descriptor).size,
      read(offset, length) {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
      },
    });
  } finally {
    closeSync(descriptor);
  }
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function link(folder: string, name: string, code: string, ...flags: string[]): string {
  writeFileSync(join(folder, `${name}.c`), code);
  execFileSync('gcc', ['-o', name, `${name}.c`, ...flags], { cwd: folder });
  return join(folder, name);
}

/** Debug information lies between what is mapped and the section headers at the end: zeros do for it. */
function debugLibrary(folder: string): string {
  const names = Array.from({ length: FUNCTIONS }, (_, at) => `_ZN5depot7service7handler${at}17h${at}E`);
  const code = names.map((name) => `.globl ${name}\n.type ${name},@function\n${name}: ret`).join('\n');
  const plain = join(folder, 'code.s');
  writeFileSync(plain, `.text\n${code}\n.section .note.GNU-stack,"",@progbits\n`);
  const file = join(folder, 'libdebug.so');
  execFileSync('gcc', ['-shared', '-o', file, plain, '-Wl,-soname,libdebug.so,-z,now'], { cwd: folder });
  const zeros = join(folder, 'zeros');
  writeFileSync(zeros, '');
  execFileSync('truncate', ['-s', `${SIZE_MB}M`, zeros]);
  execFileSync('objcopy', ['--add-section', `.debug_info=${zeros}`, file]);
  return file;
}

/** Small files with all that is read: versions wanted and defined, both kinds of hash table, a program. */
function victimFiles(folder: string): string[] {
  writeFileSync(join(folder, 'versions'), 'ONE { global: *; }; TWO { global: second; } ONE;');
  const code = `
    #include <stdio.h>
    extern int absent(void);
    __attribute__((weak)) int first(void) { return absent(); }
    int second(void) { return puts("x"); }
    __thread int mine;
    int *third(void) { return &mine; }
  `;
  const versions =
    '-Wl,--version-script=versions,-soname,libvictim.so.1,-rpath,$ORIGIN,-z,nodelete,--build-id';
  const library = (name: string, ...flags: string[]) =>
    link(folder, name, code, '-shared', '-fPIC', ...flags);
  return [
    library('libgnu.so', versions, '-Wl,--hash-style=gnu'),
    library('libold.so', versions, '-Wl,--hash-style=sysv'),
    library('libplain.so', '-Wl,-z,now'),
    link(folder, 'program', '#include <stdio.h>\nint main(void) { return puts("x"); }'),
  ];
}
