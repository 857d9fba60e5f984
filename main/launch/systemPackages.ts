/** Brings what the system lacks: on Debian and its kin as root by installing it, elsewhere by naming it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Failure } from '#shared/contract.ts';
import { candidatePackages, packagesFor, parsePolicy } from './debianPackages.ts';
import { lastLine, type Ran, runCommand } from './runCommand.ts';

export type Ensured = { ok: true } | { ok: false; failure: Failure };

/** The first file of that name on the PATH that may be run. */
export function findProgram(name: string, path: string = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Sees to it that these programs are on the PATH. */
export async function ensureTools(names: readonly string[], say: (line: string) => void): Promise<Ensured> {
  const missing = names.filter((name) => findProgram(name) === undefined);
  return missing.length === 0 ? { ok: true } : installMissing(missing, 'program', say);
}

/** Installs the packages that bring `names`, which are missing; a failure names them and what to type. */
export async function installMissing(
  names: readonly string[],
  what: 'library' | 'program',
  say: (line: string) => void,
): Promise<Ensured> {
  const refuse = (remedy: string): Ensured => ({
    ok: false,
    failure: { kind: `${what}-missing`, message: missingMessage(names, what), remedy },
  });
  if (findProgram('apt-get') === undefined) {
    return refuse(
      findProgram('dnf') === undefined ? 'Install the packages that provide them.' : dnfRemedy(names),
    );
  }
  let wanted = packagesFor(names, await available(names));
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) {
    // Without package lists nothing is known to be available; the older names are then the better guess.
    const guess = packagesFor(names, (name) => !name.endsWith('t64')).packages;
    const toType = wanted.packages.length > 0 ? wanted.packages : guess;
    return refuse(
      toType.length === 0
        ? 'Install the packages that provide them.'
        : `Install them: sudo apt-get install ${toType.join(' ')}`,
    );
  }
  if (wanted.unknown.length > 0) {
    const updated = await apt(['update']);
    if (!updated.ok) return refuse(`\`apt-get update\` failed: ${why(updated)}`);
    wanted = packagesFor(names, await available(names));
  }
  if (wanted.unknown.length > 0) return refuse(`No package is known for ${wanted.unknown.join(', ')}.`);
  say(`Installing system packages: ${wanted.packages.join(' ')}.`);
  const installed = await installOrRefresh(wanted.packages);
  return installed.ok ? { ok: true } : refuse(`\`apt-get install\` failed: ${why(installed)}`);
}

/** Old package lists name files that the mirror has no more: one refresh, one more try. */
async function installOrRefresh(packages: readonly string[]): Promise<Ran> {
  const install = ['install', '--yes', '--no-install-recommends', ...packages];
  const first = await apt(install);
  if (first.ok) return first;
  const updated = await apt(['update']);
  return updated.ok ? apt(install) : first;
}

/** Waits up to two minutes for another package manager at work. */
function apt(args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  return runCommand('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { env });
}

async function available(names: readonly string[]): Promise<(name: string) => boolean> {
  const env = { ...process.env, LC_ALL: 'C' };
  const policy = await runCommand('apt-cache', ['policy', ...candidatePackages(names)], { env });
  const known = parsePolicy(policy.stdout);
  return (name) => known.has(name);
}

function why(ran: Ran & { ok: false }): string {
  return lastLine(ran.stderr) || ran.reason;
}

function missingMessage(names: readonly string[], what: 'library' | 'program'): string {
  if (what === 'library') return `Electron needs libraries that aren’t installed: ${names.join(', ')}.`;
  return names.length === 1
    ? `The program ${names[0]} isn’t installed.`
    : `These programs aren’t installed: ${names.join(', ')}.`;
}

/** Fedora and its kin know packages by the libraries and programs in them. */
function dnfRemedy(names: readonly string[]): string {
  const provides = names.map((name) => (name.includes('.so') ? `'${name}()(64bit)'` : `'*/bin/${name}'`));
  return `Install them: sudo dnf install ${provides.join(' ')}`;
}
