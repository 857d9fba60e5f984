import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';

// Compilers take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Opens its arguments, says that it did, and waits for the end of its input. */
const HOST = `
  #include <dlfcn.h>
  #include <stdio.h>
  int main(int count, char **paths) {
    for (int at = 1; at < count; at++)
      if (!dlopen(paths[at], RTLD_LAZY | RTLD_GLOBAL)) return printf("%s\\n", dlerror());
    puts("ready");
    fflush(stdout);
    getchar();
    return 0;
  }
`;

/** A folder with a C compiler in it; `remove` takes the folder away and ends what was started in it. */
export function workshop() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hotdeck-prospect-')));
  const children: ChildProcess[] = [];
  const path = (name: string): string => join(folder, name);
  const link = (name: string, code: string, ...flags: string[]): string => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(`${name}.c`), code);
    execFileSync('gcc', ['-o', path(name), path(`${name}.c`), ...flags], { cwd: folder });
    return path(name);
  };
  return {
    folder,
    path,
    link,
    /** A shared library. */
    library: (name: string, code = 'int answer(void) { return 42; }', ...flags: string[]): string =>
      link(name, code, '-shared', '-fPIC', '-Wl,--no-as-needed', ...flags),
    /** A process that has these libraries open, and is linked as the flags say; gives its number. */
    async open(libraries: string[], ...flags: string[]): Promise<number> {
      const child = spawn(link('host', HOST, '-ldl', ...flags), libraries, {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      children.push(child);
      const said = await new Promise<string>((resolve) =>
        child.stdout.once('data', (data) => resolve(String(data))),
      );
      if (said.trim() !== 'ready') throw new Error(said);
      return child.pid ?? 0;
    },
    remove(): void {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
