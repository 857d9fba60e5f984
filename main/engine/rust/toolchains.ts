import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../environment.ts';
import { type ActiveToolchain, activeToolchain } from './activeToolchain.ts';
import { ask, versionLine } from './ask.ts';
import { hostTriple } from './host.ts';
import { findProgram } from './onPath.ts';
import { parseInstalled } from './rustupList.ts';
import { parseToml, type Table, tableAt, textAt } from './toml.ts';
import { parseToolchainFile, type WantedToolchain } from './toolchainFile.ts';

export interface InstalledToolchain {
  name: string;
  /** Its folder, absolute. */
  path: string;
  /** As its rustc says, without the word `rustc`; null where it was not asked, or gave no answer. */
  version: string | null;
}

/** Which Rust there is. */
export type Toolchains =
  | {
      kind: 'rustup';
      /** As rustup says; null where it does not. */
      version: string | null;
      installed: InstalledToolchain[];
      /** What cargo is in this workspace; null where nothing is set. */
      active: ActiveToolchain | null;
      /** The file that holds here, whether it decides or not. */
      wanted: WantedToolchain | null;
      /** Components of the active toolchain as its own list has them; null where it has no list. */
      components: string[] | null;
      host: string;
      /** The `cargo` on the PATH, where that is not rustup's. */
      otherCargo: string | null;
    }
  /** The distribution's Rust, or another without rustup. */
  | { kind: 'plain'; version: string; host: string; sysroot: string | null }
  | { kind: 'none' }
  | { kind: 'unknown'; why: string };

// The sixth nightly tells nothing that the first five don't.
const MOST_ASKED = 6;

/**
 * Reads which toolchains there are and which one is active in a folder. Installs nothing: rustup is never run in the
 * folder itself.
 * @param chosen what Hotdeck was told to take instead of rustup's own choice.
 */
export async function readToolchains(
  root: string,
  env: Environment,
  chosen: string | null = null,
): Promise<Toolchains> {
  const asking = { cwd: '/', env: { ...env, RUSTUP_AUTO_INSTALL: '0' } };
  const [list, version] = await Promise.all([
    ask('rustup', ['toolchain', 'list', '-v'], asking),
    versionLine('rustup', ['--version'], asking),
  ]);
  if (!list.ok) {
    return list.failure.kind === 'ENOENT'
      ? withoutRustup(asking)
      : { kind: 'unknown', why: list.failure.message };
  }
  if (list.value.code !== 0) return { kind: 'unknown', why: `rustup says: ${firstLine(list.value.stderr)}` };
  const installed = parseInstalled(list.value.stdout);
  const settings = await readSettings(env);
  const host = textAt(settings, 'default_host_triple') ?? hostTriple(installed.map((each) => each.name));
  // rustup keeps its overrides by real paths.
  const folders = foldersUp(await realpath(root).catch(() => root));
  const files = await toolchainFiles(folders);
  const fallback = textAt(settings, 'default_toolchain');
  const active = activeToolchain({
    chosen,
    environment: env.RUSTUP_TOOLCHAIN ?? null,
    overrides: new Map(
      Object.entries(tableAt(settings, 'overrides')).flatMap(([folder, name]) =>
        typeof name === 'string' ? [[folder, name] as const] : [],
      ),
    ),
    files,
    folders,
    fallback,
    installed: installed.map((each) => each.name),
    host,
  });
  const [otherCargo, versions, components] = await Promise.all([
    cargoBesideRustup(asking),
    readVersions(installed, active, asking),
    readComponents(installed.find((each) => each.name === active?.name)?.path ?? active?.name ?? null),
  ]);
  const [wanted = null] = files.values();
  return { kind: 'rustup', version, installed: versions, active, wanted, components, host, otherCargo };
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

async function withoutRustup(asking: { cwd: string; env: Environment }): Promise<Toolchains> {
  const answer = await ask('rustc', ['-vV'], asking);
  if (!answer.ok) {
    return answer.failure.kind === 'ENOENT'
      ? { kind: 'none' }
      : { kind: 'unknown', why: answer.failure.message };
  }
  const { stdout, stderr, code } = answer.value;
  if (code !== 0) return { kind: 'unknown', why: `rustc says: ${firstLine(stderr)}` };
  const host = /^host: (\S+)$/m.exec(stdout)?.[1] ?? hostTriple([]);
  const sysroot = await versionLine('rustc', ['--print', 'sysroot'], asking);
  return { kind: 'plain', version: firstLine(stdout).replace(/^rustc /, ''), host, sysroot };
}

async function readSettings(env: Environment): Promise<Table> {
  const file = join(env.RUSTUP_HOME ?? join(homedir(), '.rustup'), 'settings.toml');
  const text = await readFile(file, 'utf8').catch(() => '');
  const parsed = parseToml(text, file);
  return parsed.ok ? parsed.value : {};
}

function foldersUp(root: string): string[] {
  const folders = [root];
  for (const folder of folders) if (dirname(folder) !== folder) folders.push(dirname(folder));
  return folders;
}

/** rustup takes the file without an ending where there are both. */
async function toolchainFiles(folders: readonly string[]): Promise<Map<string, WantedToolchain>> {
  const found = new Map<string, WantedToolchain>();
  for (const folder of folders) {
    for (const name of ['rust-toolchain', 'rust-toolchain.toml']) {
      const file = join(folder, name);
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text === null) continue;
      found.set(folder, parseToolchainFile(text, file));
      break;
    }
  }
  return found;
}

/** rustup's cargo is rustup itself under another name. */
async function cargoBesideRustup(asking: { cwd: string; env: Environment }): Promise<string | null> {
  const [cargo, rustup] = await Promise.all([findProgram('cargo', asking), findProgram('rustup', asking)]);
  if (cargo === null || rustup === null) return null;
  const [one, other] = await Promise.all([stat(cargo).catch(() => null), stat(rustup).catch(() => null)]);
  const same = one !== null && other !== null && (one.ino === other.ino || one.size === other.size);
  return same ? null : cargo;
}

const readVersions = (
  installed: readonly InstalledToolchain[],
  active: ActiveToolchain | null,
  asking: { cwd: string; env: Environment },
): Promise<InstalledToolchain[]> => {
  const interesting = installed
    .filter((each) => each.name === active?.name || each.name.startsWith('nightly'))
    .slice(0, MOST_ASKED);
  return Promise.all(
    installed.map(async (each) => {
      if (!interesting.includes(each)) return each;
      const line = await versionLine(join(each.path, 'bin', 'rustc'), ['--version'], asking);
      return { ...each, version: line?.replace(/^rustc /, '') ?? null };
    }),
  );
};

async function readComponents(path: string | null): Promise<string[] | null> {
  if (path === null) return null;
  const text = await readFile(join(path, 'lib', 'rustlib', 'components'), 'utf8').catch(() => null);
  return text?.split('\n').filter((line) => line !== '') ?? null;
}

/** The folder of the toolchain that cargo is of here; null where there is none, or it isn't known. */
export function sysrootOf(toolchains: Toolchains): string | null {
  if (toolchains.kind === 'plain') return toolchains.sysroot;
  if (toolchains.kind !== 'rustup' || toolchains.active === null || !toolchains.active.installed) return null;
  const { name } = toolchains.active;
  return (
    toolchains.installed.find((each) => each.name === name)?.path ?? (name.startsWith('/') ? name : null)
  );
}

/**
 * An environment in which cargo can be asked something about a workspace without rustup installing anything. Null where
 * the toolchain that the workspace wants is not installed, or there is none.
 */
export function askingEnvironment(env: Environment, toolchains: Toolchains): Environment | null {
  if (toolchains.kind === 'plain') return env;
  if (toolchains.kind !== 'rustup' || toolchains.active?.installed !== true) return null;
  // Named outright: then the file is not looked at, nor its components.
  return { ...env, RUSTUP_TOOLCHAIN: toolchains.active.name, RUSTUP_AUTO_INSTALL: '0' };
}
