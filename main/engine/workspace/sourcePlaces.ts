import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { PLACE } from '#shared/contract.ts';
import type { Environment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import type { Place } from './editors.ts';
import type { Workspace } from './workspace.ts';

/** What the Rust project's own builds call their sources. */
const RUST_SOURCES = /^\/rustc\/[0-9a-f]{40}\//;
const UNKNOWN = failed('unknown-place', 'That is not a source file of this workspace.');

/**
 * The source file that a text of the log names, if it is one: of the workspace, of a crate that it depends on, or of
 * Rust itself. Whatever else exists on this machine is none of the log's business.
 * @param text as the window found it, `src/lib.rs:12:5`.
 */
export async function findPlace(text: string, workspace: SourceFolders): Promise<Result<Place>> {
  const found = [...text.matchAll(PLACE)][0]?.groups;
  if (found?.file === undefined) return UNKNOWN;
  const folders = await Promise.all(sourceFolders(workspace).map(realPath));
  for (const candidate of candidates(found.file, workspace)) {
    const file = await realPath(candidate);
    if (!folders.some((folder) => contains(folder, file))) continue;
    const kind = await stat(file).catch(() => null);
    if (!kind?.isFile()) continue;
    return success({ file, line: Number(found.line), column: Number(found.column ?? 1) });
  }
  return UNKNOWN;
}

/** Without links on the way; as it is where it does not exist. */
const realPath = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/** Where sources may lie. */
export interface SourceFolders extends Pick<Workspace, 'root' | 'buildEnvironment' | 'rustSources'> {
  packages: Pick<Workspace['packages'], 'folders'>;
}

const cargoHome = (env: Environment): string => env.CARGO_HOME ?? join(homedir(), '.cargo');

function sourceFolders({ root, packages, buildEnvironment, rustSources }: SourceFolders): string[] {
  const home = cargoHome(buildEnvironment);
  const crates = [join(home, 'registry'), join(home, 'git')];
  return [root, ...packages.folders.values(), ...crates, rustSources];
}

/** rustc names files from the workspace's folder, programs sometimes from their package's. */
function* candidates(file: string, { root, packages, rustSources }: SourceFolders): Generator<string> {
  if (isAbsolute(file)) {
    yield file;
    if (RUST_SOURCES.test(file)) yield join(rustSources, file.replace(RUST_SOURCES, ''));
    return;
  }
  yield join(root, file);
  for (const folder of packages.folders.values()) yield join(folder, file);
}

function contains(folder: string, file: string): boolean {
  const inside = relative(folder, file);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
}
