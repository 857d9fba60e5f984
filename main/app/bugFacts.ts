import { readFileSync, realpathSync } from 'node:fs';
import { homedir, hostname, release, userInfo } from 'node:os';
import type { Personal } from './redact.ts';

/** The versions of what the app runs on, and the kind of system. */
export function systemFacts(glibc: string | null): Record<string, string> {
  const { versions, arch, platform, env } = process;
  const facts = {
    Electron: versions.electron,
    Chromium: versions.chrome,
    Node: versions.node,
    System: [platform, release(), arch, distribution()].filter((part) => part !== null).join(' '),
    'C library': glibc === null ? undefined : `glibc ${glibc}`,
    Desktop: [env.XDG_CURRENT_DESKTOP, env.XDG_SESSION_TYPE].filter((part) => part !== undefined).join(', '),
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
}

/** Reads the name of a Linux distribution (os-release(5)); null elsewhere. */
function distribution(): string | null {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Who uses the app, where, and on which workspaces; each folder also without links. */
export function personalFacts(roots: readonly string[]): Personal {
  const both = (path: string) => [path, withoutLinks(path)];
  return { homes: both(homedir()), user: userName(), host: hostname(), workspaces: roots.map(both) };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run a user that has no entry, and so no name.
    return '';
  }
}

function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
