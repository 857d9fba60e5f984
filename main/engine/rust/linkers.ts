import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { versionLine } from './ask.ts';
import { findProgram } from './onPath.ts';
import { sysrootOf, type Toolchains } from './toolchains.ts';

/** What the compiler driver is asked for by `-fuse-ld=`. */
export type LinkerId = 'mold' | 'lld' | 'bfd' | 'gold';

/** In the order in which they are worth a try: rustc itself warns of gold, which nobody mends any more. */
export const LINKERS: readonly LinkerId[] = ['mold', 'lld', 'bfd', 'gold'];

export interface InstalledLinker {
  id: LinkerId;
  /** Its version line. */
  version: string;
  /** `toolchain`: it came with Rust (rust-lld) and is not on the PATH. */
  from: 'path' | 'toolchain';
  path: string;
}

/** The linkers that are installed, in the order in which they are worth a try. */
export async function installedLinkers(
  env: Environment,
  toolchains: Toolchains | null = null,
): Promise<InstalledLinker[]> {
  const found = await Promise.all(LINKERS.map((id) => findLinker(id, env, toolchains)));
  return found.flatMap((each) => each ?? []);
}

async function findLinker(
  id: LinkerId,
  env: Environment,
  toolchains: Toolchains | null,
): Promise<InstalledLinker | null> {
  const asking = { cwd: '/', env };
  const path = await findProgram(`ld.${id}`, asking);
  if (path !== null) {
    const version = await versionLine(path, ['--version'], asking);
    return version === null ? null : { id, version, from: 'path', path };
  }
  const own = id === 'lld' && toolchains !== null ? rustLldFolder(toolchains) : null;
  if (own === null) return null;
  const program = join(own, 'ld.lld');
  const version = await versionLine(program, ['--version'], asking);
  return version === null ? null : { id, version, from: 'toolchain', path: program };
}

/** Where the toolchain keeps the `ld.lld` that it came with. */
function rustLldFolder(toolchains: Toolchains): string | null {
  const sysroot = sysrootOf(toolchains);
  if (sysroot === null || (toolchains.kind !== 'rustup' && toolchains.kind !== 'plain')) return null;
  return join(sysroot, 'lib', 'rustlib', toolchains.host, 'bin', 'gcc-ld');
}

/** The next linker to try, or null where all that are installed were tried. */
export const nextLinker = (
  installed: readonly InstalledLinker[],
  tried: readonly string[],
): LinkerId | null => installed.find((each) => !tried.includes(each.id))?.id ?? null;

/** What rustc has to be given to link by a linker; works where the driver would not find Rust's own lld too. */
export function linkerFlags(id: string, installed: readonly InstalledLinker[]): string[] {
  const found = installed.find((each) => each.id === id);
  const folder = found?.from === 'toolchain' ? found.path.replace(/\/[^/]+$/, '') : null;
  return [...(folder === null ? [] : [`-Clink-arg=-B${folder}`]), `-Clink-arg=-fuse-ld=${id}`];
}
