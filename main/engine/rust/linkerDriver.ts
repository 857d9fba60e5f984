import type { Environment } from '../environment.ts';
import { ask, versionLine } from './ask.ts';
import { findProgram } from './onPath.ts';

/** A compiler driver: the program that calls the linker. */
export interface Driver {
  name: string;
  /** Absolute; null where it is not installed. */
  path: string | null;
  kind: 'gcc' | 'clang' | 'other';
  /** Its version line. */
  version: string | null;
  /** The number in it, such as `12.2.0`. */
  number: string | null;
  /** Version line of the linker that it takes by itself. */
  own: string | null;
}

/** Looks at a compiler driver, and at the linker that it takes where it is asked for none. */
export async function readDriver(name: string, root: string, env: Environment): Promise<Driver> {
  const asking = { cwd: root, env };
  const path = await findProgram(name, asking);
  const none: Driver = { name, path, kind: 'other', version: null, number: null, own: null };
  if (path === null) return none;
  const [version, linker] = await Promise.all([
    versionLine(path, ['--version'], asking),
    ask(path, ['-print-prog-name=ld'], asking),
  ]);
  if (version === null) return none;
  const said = linker.ok && linker.value.code === 0 ? linker.value.stdout.trim() : '';
  const found = said === '' ? null : await findProgram(said, asking);
  const kind = /clang/i.test(version)
    ? 'clang'
    : /gcc|\bcc\b|Free Software|\(.*\) \d+\.\d+/i.test(version)
      ? 'gcc'
      : 'other';
  const number = / (\d+(?:\.\d+)+)/.exec(version.replaceAll(/\([^)]*\)/g, ''))?.[1] ?? null;
  return {
    ...none,
    kind,
    version,
    number,
    own: found === null ? null : await versionLine(found, ['--version'], asking),
  };
}
