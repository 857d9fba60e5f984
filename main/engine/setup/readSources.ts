import { realpath } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Refusal } from '#shared/contract.ts';
import { codeOf, failed, messageOf } from '../result.ts';
import { isGlob, matchFolders } from './glob.ts';
import { type Manifest, readManifest } from './manifest/manifest.ts';
import { stringList, tableOf, valueAt } from './manifest/values.ts';
import { type Found, findSourceFile, readOnly, readSourceFile, refusedFolder } from './readFile.ts';
import type { SourceFile } from './types.ts';

const NEW_CONFIG = '.cargo/config.toml';
const CONFIGS = ['.cargo/config', NEW_CONFIG];
const BESIDE = ['rust-toolchain', 'rust-toolchain.toml', 'hotdeck.json', ...CONFIGS];
// They report a library and a program that the manifest doesn't mention; what is in them tells nothing.
const CONVENTIONAL = [
  { key: 'lib', source: 'src/lib.rs' },
  { key: 'bin', source: 'src/main.rs' },
];
const MOST_MEMBERS = 2000;
const WRITE_BITS = 0o222;

export interface Read {
  files: SourceFile[];
  /** Of a file that is among `files` too: it must not be written. */
  refusals: Refusal[];
}

/**
 * Reads what a setup depends on: the manifests of a workspace, its toolchain file and cargo's configuration.
 * Never fails: what can't be read is among the refusals.
 */
export async function readSources(folder: string): Promise<Read> {
  let root: string;
  try {
    root = await realpath(folder);
  } catch (error) {
    const { failure } = failed(codeOf(error) ?? 'unreadable', messageOf(error), 'Open another workspace.');
    return { files: [], refusals: [{ file: 'Cargo.toml', failure }] };
  }
  return new Reader(root).read();
}

class Reader {
  private readonly root: string;
  private readonly found = new Map<string, Found>();

  constructor(root: string) {
    this.root = root;
  }

  async read(): Promise<Read> {
    const main = await this.manifest('.', true);
    if (main !== null) await this.members(main);
    for (const file of BESIDE) await this.file(file);
    if (CONFIGS.every((file) => this.found.get(file)?.kind === 'none')) {
      const failure = await refusedFolder(this.root, NEW_CONFIG);
      if (failure !== null) this.found.set(NEW_CONFIG, { kind: 'failure', failure });
    }
    return this.result();
  }

  private async members(main: Manifest): Promise<void> {
    const workspace = tableOf(main.values.workspace);
    const excluded = stringList(workspace.exclude).map((each) => posix.normalize(each));
    const isExcluded = (folder: string): boolean =>
      excluded.some((each) => folder === each || folder.startsWith(`${each}/`));
    const folders = new Map<string, boolean>();
    for (const pattern of stringList(workspace.members)) {
      const matched = await matchFolders(this.root, pattern);
      for (const each of matched) if (!isExcluded(each)) folders.set(each, !isGlob(pattern));
    }
    for (const each of dependencyFolders(main, '.', main)) if (!isExcluded(each)) folders.set(each, true);
    // Path dependencies of members are members too. What is added meanwhile is visited as well.
    for (const [folder, required] of folders) {
      if (folders.size > MOST_MEMBERS) break;
      const manifest = await this.manifest(folder, required);
      if (manifest === null) continue;
      for (const each of dependencyFolders(manifest, folder, main)) {
        if (!folders.has(each) && !isExcluded(each)) folders.set(each, true);
      }
    }
  }

  private async manifest(folder: string, required: boolean): Promise<Manifest | null> {
    const file = posix.join(folder, 'Cargo.toml');
    const found = await this.file(file);
    if (found.kind === 'none' && required) {
      const { failure } = failed(
        'missing-manifest',
        `There is no ${file}, and the workspace names it.`,
        'Put it back, or take it out of the workspace.',
      );
      this.found.set(file, { kind: 'failure', failure });
    }
    if (found.kind !== 'file') return null;
    const manifest = readManifest(file, found.source.bytes);
    if (!manifest.ok) return null;
    const { values } = manifest.value;
    if (Object.hasOwn(values, 'package')) {
      for (const { key, source } of CONVENTIONAL) {
        const file = posix.join(folder, source);
        if (!Object.hasOwn(values, key)) this.found.set(file, await findSourceFile(this.root, file));
      }
    }
    return manifest.value;
  }

  private async file(file: string): Promise<Found> {
    const found = this.found.get(file) ?? (await readSourceFile(this.root, file));
    this.found.set(file, found);
    return found;
  }

  private result(): Read {
    const files: SourceFile[] = [];
    const refusals: Refusal[] = [];
    const modes = [...this.found].flatMap(([file, each]) =>
      each.kind === 'file' && isManifest(file) ? [each.mode] : [],
    );
    // One file that is write-protected was meant to be; a whole tree was copied from where all are.
    const protectedTree = modes.every((mode) => (mode & WRITE_BITS) === 0);
    for (const [file, each] of this.found) {
      if (each.kind === 'failure') refusals.push({ file, failure: each.failure });
      if (each.kind !== 'file') continue;
      files.push(each.source);
      const guarded = (each.mode & WRITE_BITS) === 0 && !protectedTree;
      const failure = each.failure ?? (guarded ? readOnly(file, 'it is write-protected') : null);
      if (failure !== null && !isSource(file)) refusals.push({ file, failure });
    }
    return { files, refusals };
  }
}

const isManifest = (file: string): boolean => posix.basename(file) === 'Cargo.toml';
const isSource = (file: string): boolean => file.endsWith('.rs');

/** Folders of the crates of the workspace that a package is built with, relative to its root. */
function dependencyFolders({ values }: Manifest, folder: string, main: Manifest): string[] {
  const shared = tableOf(valueAt(main.values, ['workspace', 'dependencies']));
  const found: string[] = [];
  for (const table of [values, ...Object.values(tableOf(values.target))]) {
    for (const kind of ['dependencies', 'dev-dependencies', 'build-dependencies']) {
      for (const [key, own] of Object.entries(tableOf(tableOf(table)[kind]))) {
        const inherited = tableOf(own).workspace === true;
        const { path } = tableOf(inherited ? shared[key] : own);
        if (typeof path !== 'string' || posix.isAbsolute(path)) continue;
        const reached = posix.join(inherited ? '.' : folder, path).replace(/\/$/, '');
        // A crate beside the workspace is none of its members.
        if (reached !== '.' && reached !== '..' && !reached.startsWith('../')) found.push(reached);
      }
    }
  }
  return found;
}
