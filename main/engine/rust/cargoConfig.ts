import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { argumentValues } from './arguments.ts';
import { parseToml, type Table, tableAt, textsAt } from './toml.ts';

export interface CargoConfigFile {
  /** Absolute, or `--config`. */
  file: string;
  table: Table;
  /** The folder that relative paths in it begin at: the one that `.cargo` lies in, or where cargo is run. */
  base: string;
  /** Given on the command line, so that it counts before the environment. */
  given: boolean;
}

export interface CargoConfig {
  /** What was given as arguments first, then the closest: what the first says of a key holds, arrays are joined. */
  files: CargoConfigFile[];
  /** Why a file can't be read: a sentence each. */
  broken: string[];
}

// Where there are both, cargo takes the one without an ending.
const NAMES = ['config', 'config.toml'];
/** Files that include each other are a mistake that cargo reports; here it must only end. */
const DEEPEST_INCLUDE = 16;

/**
 * Reads all that cargo is configured with in a folder but for the environment: `--config` among the arguments,
 * `.cargo/config.toml` of the folder and of all above it, and cargo's own; with what each of them includes.
 * (The Cargo book, "Configuration"; relative paths as cargo's `Definition::root` has them.)
 */
export async function readCargoConfig(
  root: string,
  env: Environment,
  buildArguments: readonly string[] = [],
): Promise<CargoConfig> {
  const config: CargoConfig = { files: [], broken: [] };
  // Of several arguments the last one counts.
  for (const value of argumentValues(buildArguments, '--config').reverse()) {
    if (isKeyValue(value)) config.files.push(...keyValueFile(value, root));
    else await addFile(config, resolve(root, value), true);
  }
  const places = [...new Set([...foldersUp(root).map((folder) => join(folder, '.cargo')), cargoHome(env)])];
  for (const place of places) {
    const file = await configFileIn(place);
    if (file !== null) await addFile(config, file, false);
  }
  return config;
}

/** All that was read, as one text to compare. */
export const configStamp = ({ files, broken }: CargoConfig): string => JSON.stringify([files, broken]);

const cargoHome = (env: Environment): string => env.CARGO_HOME ?? join(homedir(), '.cargo');

/** The configuration files that hold in a folder and lie above it, the furthest first. Cargo's own is none of them. */
export async function configAbove(root: string): Promise<string[]> {
  const [, ...above] = foldersUp(root);
  const found = await Promise.all(above.map((folder) => configFileIn(join(folder, '.cargo'))));
  return found.flatMap((each) => each ?? []).reverse();
}

/** A file and what it includes: itself first, as what it says holds, then its includes from the last to the first. */
async function addFile(config: CargoConfig, file: string, given: boolean, depth = 0): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null || depth > DEEPEST_INCLUDE) return;
  const parsed = parseToml(text, file);
  if (!parsed.ok) {
    config.broken.push(parsed.failure.message);
    return;
  }
  config.files.push({ file, table: parsed.value, base: dirname(dirname(file)), given });
  for (const included of includesOf(parsed.value).reverse()) {
    await addFile(config, isAbsolute(included) ? included : join(dirname(file), included), given, depth + 1);
  }
}

const IncludeSchema = z.object({ path: z.string() });

function includesOf(table: Table): string[] {
  const { include } = table;
  if (typeof include === 'string') return [include];
  const tables = Array.isArray(include) ? include : [];
  return tables.flatMap((each: unknown) => {
    const entry = IncludeSchema.safeParse(each);
    if (typeof each === 'string') return [each];
    return entry.success ? [entry.data.path] : [];
  });
}

async function configFileIn(folder: string): Promise<string | null> {
  for (const name of NAMES) {
    const file = join(folder, name);
    const there = await readFile(file).then(
      () => true,
      () => false,
    );
    if (there) return file;
  }
  return null;
}

function foldersUp(root: string): string[] {
  const folders = [root];
  for (const folder of folders) if (dirname(folder) !== folder) folders.push(dirname(folder));
  return folders;
}

/** `--config` takes a TOML `key = value`, or the path of a file; cargo takes what parses as the former for that. */
const isKeyValue = (value: string): boolean => value.includes('=') && parseToml(value, '--config').ok;

/** The `--config key=value` among the arguments of cargo, each like a file of its own; the one that counts first. */
export const configArguments = (args: readonly string[], base = ''): CargoConfigFile[] =>
  argumentValues(args, '--config')
    .reverse()
    .flatMap((value) => keyValueFile(value, base));

function keyValueFile(value: string, base: string): CargoConfigFile[] {
  const parsed = parseToml(value, '--config');
  return value.includes('=') && parsed.ok
    ? [{ file: '--config', table: parsed.value, base, given: true }]
    : [];
}

/** The `build` table of each file. */
export const buildTables = (
  files: readonly CargoConfigFile[],
): (Pick<CargoConfigFile, 'file' | 'base' | 'given'> & { table: Table })[] =>
  files.map(({ table, ...rest }) => ({ ...rest, table: tableAt(table, 'build') }));

/** A list that may be one text, as `build.target` may be. */
export const textOrTexts = (table: Table, key: string): string[] => {
  const value = table[key];
  return typeof value === 'string' ? [value] : textsAt(table, key);
};
