import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Environment } from '../environment.ts';

/** Where a program is found: absolute path, or null. A name with a slash in it is taken from `cwd`. */
export async function findProgram(
  program: string,
  { cwd, env }: { cwd: string; env: Environment },
): Promise<string | null> {
  if (program.includes('/')) return executable(isAbsolute(program) ? program : join(cwd, program));
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const found = await executable(join(folder, program));
    if (found !== null) return found;
  }
  return null;
}

const executable = (path: string): Promise<string | null> =>
  access(path, constants.X_OK).then(
    () => path,
    () => null,
  );
