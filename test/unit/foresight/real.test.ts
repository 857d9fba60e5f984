/** What is foreseen beside what the dynamic linker then does, on small libraries that gcc made. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LoadingFile, StayingFile } from '../../../main/engine/foresight/binaryFile.ts';
import { cannotUnload } from '../../../main/engine/foresight/cannotUnload.ts';
import { undefinedSymbols as findUndefined } from '../../../main/engine/foresight/undefinedSymbols.ts';
import { realFile } from './files.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const undefinedSymbols = (loading: readonly LoadingFile[], staying: readonly StayingFile[]) =>
  findUndefined({ loading, staying });

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hotdeck-foresight-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens its arguments in their order, closes them from the end, then lists what is still mapped. */
const HOST = `
  #include <dlfcn.h>
  #include <stdio.h>
  int main(int count, char **paths) {
    void *handles[64];
    for (int at = 1; at < count; at++) {
      handles[at] = dlopen(paths[at], RTLD_LAZY | RTLD_GLOBAL);
      printf("%s %s\\n", handles[at] ? "opened" : "failed", paths[at]);
    }
    for (int at = count - 1; at > 0; at--) if (handles[at]) dlclose(handles[at]);
    char line[4096];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps)) fputs(line, stdout);
    fclose(maps);
    return 0;
  }
`;

function link(name: string, code: string, ...flags: string[]): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.c`, code);
  execFileSync('gcc', ['-o', path, `${path}.c`, ...flags], { cwd: folder });
  return path;
}

const NOW = ['-shared', '-fPIC', '-Wl,-z,now,--no-as-needed'];
let host = '';
/** The system's libraries, as every process has them. */
let system: StayingFile[] = [];

beforeAll(() => {
  host = link('host', HOST, '-ldl');
  const maps = readFileSync('/proc/self/maps', 'utf8');
  system = [...new Set(maps.match(/\/\S+\/(?:libc|ld)[.-]\S+/g))].map((path) => {
    return { ...realFile(path), role: 'external', replacedBy: null };
  });
});

function run(...paths: string[]): { opened: (path: string) => boolean; isMapped: (path: string) => boolean } {
  const lines = execFileSync(host, paths, { encoding: 'utf8' }).split('\n');
  return {
    opened: (path) => lines.includes(`opened ${path}`),
    isMapped: (path) => lines.some((line) => /^[0-9a-f]+-/.test(line) && line.endsWith(` ${path}`)),
  };
}

describe('whether a library will load', () => {
  const versions = { ONE: 'ONE { global: *; };', TWO: 'ONE { global: *; }; TWO { global: more; } ONE;' };
  let base: { old: string; fresh: string };

  /** The library below, once as it is mapped and once as it was rebuilt, and one linked to the rebuilt one. */
  function stack(prefix: string, code: string, versioned: boolean, ...flags: string[]): string {
    for (const [name, script] of Object.entries(versions)) writeFileSync(join(folder, name), script);
    const script = (name: string) => (versioned ? [`-Wl,--version-script=${name}`] : []);
    const soname = `-Wl,-soname,lib${prefix}base.so`;
    const old = 'int some(void) { return 1; }';
    const fresh = `${old} int more(void) { return 2; }`;
    base = {
      old: link(`old/lib${prefix}base.so`, old, ...NOW, soname, ...script('ONE')),
      fresh: link(`fresh/lib${prefix}base.so`, fresh, ...NOW, soname, ...script('TWO')),
    };
    return link(`lib${prefix}top.so`, code, ...NOW, base.fresh, ...flags);
  }

  test.each([
    ['plain', 'some', false, true],
    ['absent', 'more', false, false],
    ['versioned', 'some', true, true],
    ['lacking', 'more', true, false],
  ])('%s', (prefix, wanted, versioned, expected) => {
    const top = stack(prefix, `int ${wanted}(void); int top(void) { return ${wanted}(); }`, versioned);
    const replacedBy = { noDelete: false, symbols: realFile(base.fresh).symbols };
    const old: StayingFile = { ...realFile(base.old), role: 'pinned', replacedBy };
    const findings = undefinedSymbols([realFile(top)], [old, ...system]);
    expect(run(base.old, top).opened(top)).toBe(expected);
    expect(findings.map(({ severity, remedy }) => [severity, remedy])).toEqual(
      expected ? [] : [['blocking', 'restart']],
    );
    // Unread, the libraries of the system leave room for doubt, but for a version that one which was read should have.
    const doubtful = undefinedSymbols([realFile(top)], [old]).map((finding) => finding.severity);
    expect(doubtful).toEqual(expected ? [] : [versioned ? 'blocking' : 'info']);
  });

  test('a library loads although nobody has its weak symbol', () => {
    const top = stack(
      'weak',
      '__attribute__((weak)) int none(void); int top(void) { return none != 0; }',
      false,
    );
    expect(run(base.old, top).opened(top)).toBe(true);
    expect(undefinedSymbols([realFile(top)], system)).toEqual([]);
  });

  test('nothing is alarming when the libraries of the system were not read', () => {
    const top = link('libprints.so', '#include <stdio.h>\nint top(void) { return puts("x"); }', ...NOW);
    expect(undefinedSymbols([realFile(top)], [])).toEqual([]);
    expect(undefinedSymbols([realFile(top)], system)).toEqual([]);
    expect(run(top).opened(top)).toBe(true);
  });
});

describe('whether libraries will unload', () => {
  const plain = 'int x;';
  const unique =
    '__asm__(".globl only\\n.type only,@gnu_unique_object\\n.data\\nonly: .long 1\\n.text\\n"); extern int only; int *f(void) { return &only; }';

  test.each([
    ['free', [], plain, [], 0],
    ['stuck', ['-Wl,-z,nodelete'], plain, ['blocking below', 'blocking middle'], 2],
    // It stays only if the symbol was looked up, so what it holds is not foreseen.
    ['unique', [], unique, ['warning middle'], 2],
  ])('%s', (prefix, flags, code, expected, staying) => {
    const below = link(`lib${prefix}below.so`, plain, ...NOW);
    const middle = link(`lib${prefix}middle.so`, code, ...NOW, below, ...flags);
    const above = link(`lib${prefix}above.so`, plain, ...NOW, middle);
    const files = [below, middle, above];
    const images = files.map((path) => realFile(path));
    const findings = cannotUnload(images, [], []);
    const stuck = files.filter(run(...files).isMapped).map((path) => basename(path));
    expect(stuck.length).toBe(staying);
    expect(stuck).toEqual(expect.arrayContaining(findings.map((finding) => finding.module)));
    const inShort = (name: string) => name.replace(`lib${prefix}`, '').replace('.so', '');
    expect(findings.map(({ severity, module }) => `${severity} ${inShort(module)}`)).toEqual(expected);
  });
});
