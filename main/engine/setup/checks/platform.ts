import { readFile } from 'node:fs/promises';
import type { Check } from '#shared/contract.ts';
import type { AskedTarget } from '../../rust/cargoPlaces.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

export interface PlatformFacts {
  platform: string;
  /** Node's name for it. */
  arch: string;
  libc: 'glibc' | 'musl' | null;
  /** What cargo builds for, and where that is set; null is the machine itself. */
  target: AskedTarget | null;
  /** The triple of the toolchain. */
  host: string | null;
  /** `-Ctarget-feature=+crt-static` is in force. */
  staticRuntime: boolean;
}

const check = about({
  id: 'platform',
  group: 'platform',
  title: 'Platform',
  why: 'Modules can be swapped only where closing a library takes it out of the process, and where Hotdeck can see that it did.',
});

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };
const ELSEWHERE = 'Develop on Linux with glibc: a container or a virtual machine will do.';

/** Can modules be swapped here at all? */
export function platformCheck(facts: PlatformFacts): Check {
  const { platform, arch, libc, target, host, staticRuntime } = facts;
  if (platform === 'darwin') {
    return check.problem(
      'This is macOS. Its loader keeps a library with thread-local variables in the process after it is closed, so old code would go on running; and there is no /proc to see that in.',
      ELSEWHERE,
    );
  }
  if (platform === 'win32') {
    return check.problem(
      'This is Windows. It locks the file of a loaded library, so no build can replace it, and it has no signals that could ask the server to reload.',
      `${ELSEWHERE} WSL 2 is one.`,
    );
  }
  if (platform !== 'linux') {
    return check.problem(
      `This is ${platform}. Hotdeck sees what is loaded in Linux's /proc only.`,
      ELSEWHERE,
    );
  }
  if (libc === 'musl') {
    return check.problem(
      'This is Linux with musl. Closing a library does nothing in musl, by design: a module could be loaded, but never replaced.',
      ELSEWHERE,
    );
  }
  const built = target ?? (host === null ? null : { name: host, from: 'the toolchain' });
  const machine = ARCHITECTURES[arch];
  const fault = built === null ? null : targetFault(built.name, machine ?? null);
  if (built !== null && fault !== null) {
    return check.problem(
      `cargo builds for ${built.name} (${built.from}). ${fault}`,
      target === null
        ? machine === undefined
          ? 'Take a toolchain whose name ends in -linux-gnu.'
          : `Take a toolchain whose name ends in -${machine}-unknown-linux-gnu.`
        : `Take the target out of ${target.from}, so that cargo builds for this machine.`,
    );
  }
  if (staticRuntime) {
    return check.problem(
      'The flags hold +crt-static: the C library is linked into the program, which then cannot load modules.',
      'Take -Ctarget-feature=+crt-static out of the flags.',
    );
  }
  if (libc === null) {
    return check.unknown(
      "This is Linux, but which C library it has can't be seen.",
      'It has to be glibc: musl never unloads a library.',
    );
  }
  if (machine === undefined) {
    return check.warning(
      `This is Linux with glibc on ${arch}. Swapping modules is untested on it.`,
      'Try it; x86_64 and aarch64 are known to work.',
    );
  }
  return check.ok(`This is Linux with glibc on ${machine}.`);
}

/** @param machine as triples name it; null for one that is none of the known ones. */
function targetFault(triple: string, machine: string | null): string | null {
  // A target that somebody describes in a file may be anything.
  if (triple.endsWith('.json')) return null;
  if (triple.includes('musl'))
    return 'Closing a library does nothing in musl: a module would never be replaced.';
  if (!triple.includes('linux')) return 'That is not Linux.';
  return machine === null || triple.startsWith(`${machine}-`) ? null : `This machine is ${machine}.`;
}

/** Looks at the machine. */
export async function gatherPlatform({ toolchains, cargo }: Scene): Promise<PlatformFacts> {
  const flags = cargo.flags.values.join(' ');
  return {
    platform: process.platform,
    arch: process.arch,
    libc: await readLibc(),
    target: cargo.target,
    host: toolchains.kind === 'rustup' || toolchains.kind === 'plain' ? hostOf(toolchains) : null,
    // The last one counts.
    staticRuntime: [...flags.matchAll(/target-feature=\S*?([+-])crt-static/g)].at(-1)?.[1] === '+',
  };
}

/** A toolchain for another host may be the active one. */
const hostOf = (toolchains: { host: string; active?: { name: string } | null }): string =>
  /-((?:[a-z0-9_]+)-(?:unknown|apple|pc)-[a-z0-9_-]+)$/.exec(toolchains.active?.name ?? '')?.[1] ??
  toolchains.host;

/** The C library that this very process runs on. */
async function readLibc(): Promise<PlatformFacts['libc']> {
  const maps = await readFile('/proc/self/maps', 'utf8').catch(() => '');
  if (/\/(?:ld-musl-|libc\.musl-)/.test(maps)) return 'musl';
  return /\/libc(?:\.so\.6|-2\.\d+\.so)/.test(maps) ? 'glibc' : null;
}
