import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { ByteSource } from '../../../main/engine/elf/source.ts';
import type { ElfSymbols } from '../../../main/engine/elf/symbols.ts';

// Compilers and thousands of cases: a busy machine may need longer than for a plain test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A source over bytes that counts what is asked of it. */
export function sourceOf(bytes: Uint8Array): ByteSource & { asked: { times: number; bytes: number } } {
  const asked = { times: 0, bytes: 0 };
  return {
    asked,
    size: bytes.length,
    read(offset, length) {
      asked.times++;
      asked.bytes += length;
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** Builds shared libraries in a folder of its own; `remove` takes it away. */
export function workshop() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hotdeck-elf-')));
  const path = (name: string) => join(folder, name);
  writeFileSync(path('code.c'), 'int answer(void) { return 42; }\n');
  return {
    path,
    /** Links a file with gcc. */
    link(name: string, ...flags: string[]): string {
      execFileSync('gcc', ['-o', path(name), path('code.c'), ...flags], { cwd: folder });
      return path(name);
    },
    /** Links a file of C code of its own. */
    compile(name: string, code: string, ...flags: string[]): string {
      writeFileSync(path(`${name}.c`), code);
      execFileSync('gcc', ['-o', path(name), path(`${name}.c`), ...flags], { cwd: folder });
      return path(name);
    },
    write: (name: string, text: string) => writeFileSync(path(name), text),
    bytes: (name: string): Uint8Array => new Uint8Array(readFileSync(path(name))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What binutils say of a file. */
export function readelf(file: string) {
  const text = execFileSync('readelf', ['--wide', '-d', '-n', file], { encoding: 'utf8', stdio: 'pipe' });
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  const flags = all(/\(FLAGS_1\)\s+Flags: (.*)/g)[0]?.trim();
  return {
    needed: all(/\(NEEDED\)\s+Shared library: \[(.*)\]/g),
    soname: all(/\(SONAME\)\s+Library soname: \[(.*)\]/g)[0] ?? null,
    rpath: all(/\(RPATH\)\s+Library rpath: \[(.*)\]/g)[0] ?? null,
    runpath: all(/\(RUNPATH\)\s+Library runpath: \[(.*)\]/g)[0] ?? null,
    flags: flags === undefined || flags === '' ? [] : flags.split(' ').sort(),
    buildId: all(/Build ID: ([0-9a-f]+)/g)[0] ?? null,
  };
}

/** What binutils list of the dynamic symbols: the exported and the undefined ones, each as `binding name@version`. */
export function readelfSymbols(file: string): { exported: string[]; undefined: string[] } {
  const text = execFileSync('readelf', ['--wide', '--dyn-syms', file], {
    encoding: 'utf8',
    stdio: 'pipe',
    maxBuffer: 1 << 28,
  });
  const found: { exported: string[]; undefined: string[] } = { exported: [], undefined: [] };
  for (const line of text.split('\n')) {
    const match = /^ *\d+: [0-9a-f]+ +\S+ +\S+ +(GLOBAL|WEAK|UNIQUE) +\S+ +(\S+) (\S+)(?: \(\d+\))?$/.exec(
      line,
    );
    if (match === null) continue;
    const [, binding, section, name] = match;
    (section === 'UND' ? found.undefined : found.exported).push(`${binding} ${name}`);
  }
  return found;
}

/** Our symbols in the same words; binutils write one @ before the version of an undefined symbol. */
export function inTheirWords({ exported, undefined: wanted }: ElfSymbols): ReturnType<typeof readelfSymbols> {
  const versioned = (name: string, mark: string, version: string | null) =>
    // The label of a version (GLIBC_2.34) is a symbol of that version; they leave it out.
    version === null || version === name ? name : `${name}${mark}${version}`;
  return {
    exported: exported.map((each) => {
      const binding = each.unique ? 'UNIQUE' : each.weak ? 'WEAK' : 'GLOBAL';
      return `${binding} ${versioned(each.name, each.isDefault ? '@@' : '@', each.version)}`;
    }),
    undefined: wanted.map(
      (each) => `${each.weak ? 'WEAK' : 'GLOBAL'} ${versioned(each.name, '@', each.version)}`,
    ),
  };
}
