import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../../environment.ts';
import { parseToml, type Table, tableAt, textAt, textsAt } from './toml.ts';

export interface CargoConfigFile {
  /** Absolute, or `--config`. */
  file: string;
  table: Table;
}

export interface CargoConfig {
  /** The closest first: what it says of a key holds. */
  files: CargoConfigFile[];
  /** Why a file can't be read: a sentence each. */
  broken: string[];
}

/** Flags for rustc, and where they were found. */
export interface Flags {
  values: string[];
  from: string;
}

/** What cargo's configuration comes to, for one target. */
export interface CargoSettings {
  flags: Flags;
  /** What was set too and counts for nothing: cargo takes one source of flags only. */
  unused: Flags[];
  linker: { program: string; from: string } | null;
  /** Asked for explicitly; null is the machine itself. */
  target: { triple: string; from: string } | null;
  targetDirectory: string | null;
}

// Where there are both, cargo takes the one without an ending.
const NAMES = ['config', 'config.toml'];

/** Reads `.cargo/config.toml` of a folder, of all folders above it, and of cargo's own. */
export async function readCargoConfig(root: string, env: Environment): Promise<CargoConfig> {
  const home = env.CARGO_HOME ?? join(homedir(), '.cargo');
  const places = [...new Set([...foldersUp(root).map((folder) => join(folder, '.cargo')), home])];
  const config: CargoConfig = { files: [], broken: [] };
  for (const place of places) {
    const found = await configIn(place);
    if (found === null) continue;
    const parsed = parseToml(found.text, found.file);
    if (parsed.ok) config.files.push({ file: found.file, table: parsed.value });
    else config.broken.push(parsed.failure.message);
  }
  return config;
}

/** The configuration files that hold in a folder and lie above it, the furthest first. Cargo's own is none of them. */
export async function configAbove(root: string): Promise<string[]> {
  const [, ...above] = foldersUp(root);
  const found = await Promise.all(above.map((folder) => configIn(join(folder, '.cargo'))));
  return found.flatMap((each) => each?.file ?? []).reverse();
}

async function configIn(folder: string): Promise<{ file: string; text: string } | null> {
  for (const name of NAMES) {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return { file, text };
  }
  return null;
}

function foldersUp(root: string): string[] {
  const folders = [root];
  for (const folder of folders) if (dirname(folder) !== folder) folders.push(dirname(folder));
  return folders;
}

/** The `--config key=value` among the arguments of cargo, each like a file of its own. */
export function configArguments(args: readonly string[]): CargoConfigFile[] {
  return args.flatMap((each, at) => {
    const value = args[at - 1] === '--config' ? each : /^--config=(.*)$/s.exec(each)?.[1];
    if (value === undefined || !value.includes('=')) return [];
    const parsed = parseToml(value, '--config');
    return parsed.ok ? [{ file: '--config', table: parsed.value }] : [];
  });
}

/**
 * What the configuration comes to, by the order in cargo's book ("build.rustflags"): CARGO_ENCODED_RUSTFLAGS, else
 * RUSTFLAGS, else the flags of the target, else those of the build. Pure.
 * @param host the target where none is asked for.
 */
export function cargoSettings(
  files: readonly CargoConfigFile[],
  env: Environment,
  host: string,
  buildArguments: readonly string[],
): CargoSettings {
  const all = [...configArguments(buildArguments), ...files];
  const target = askedTarget(all, env, buildArguments);
  const triple = target?.triple ?? host;
  const upper = triple.toUpperCase().replaceAll(/[-.]/g, '_');
  const tables = all.flatMap(({ file, table }) =>
    Object.entries(tableAt(table, 'target')).flatMap(([key, value]) =>
      key === triple || meansLinux(key)
        ? [{ from: `${file} (target.${key})`, table: tableAt({ value }, 'value') }]
        : [],
    ),
  );
  const builds = all.map(({ file, table }) => ({ from: file, table: tableAt(table, 'build') }));
  const variable = (name: string, separator: string | RegExp): Flags[] => {
    const value = env[name];
    return value === undefined || value.trim() === ''
      ? []
      : [{ values: words(value, separator), from: name }];
  };
  const sources = [
    variable('CARGO_ENCODED_RUSTFLAGS', '\x1f'),
    variable('RUSTFLAGS', /\s+/),
    [...tables.flatMap(flagsIn), ...variable(`CARGO_TARGET_${upper}_RUSTFLAGS`, /\s+/)],
    [...builds.flatMap(flagsIn), ...variable('CARGO_BUILD_RUSTFLAGS', /\s+/)],
  ].filter((source) => source.length > 0);
  const [used = [], ...rest] = sources;
  const linkerVariable = env[`CARGO_TARGET_${upper}_LINKER`];
  const [linker] = [
    ...(linkerVariable === undefined
      ? []
      : [{ program: linkerVariable, from: `CARGO_TARGET_${upper}_LINKER` }]),
    ...tables.flatMap(({ from, table }) => {
      const program = textAt(table, 'linker');
      return program === null ? [] : [{ program, from }];
    }),
  ];
  return {
    flags: {
      values: used.flatMap((each) => each.values),
      from: [...new Set(used.map((each) => each.from))].join(', '),
    },
    unused: rest.flat(),
    linker: linker ?? null,
    target,
    targetDirectory:
      env.CARGO_TARGET_DIR ??
      env.CARGO_BUILD_TARGET_DIR ??
      builds.map(({ table }) => textAt(table, 'target-dir')).find((each) => each !== null) ??
      null,
  };
}

function flagsIn({ from, table }: { from: string; table: Table }): Flags[] {
  const text = textAt(table, 'rustflags');
  const values = text === null ? textsAt(table, 'rustflags') : words(text, /\s+/);
  return values.length === 0 ? [] : [{ values, from }];
}

const words = (text: string, separator: string | RegExp): string[] =>
  text.split(separator).filter((word) => word !== '');

// Enough for what people write; a cfg that names nothing of another system is taken to hold.
const meansLinux = (key: string): boolean =>
  key.startsWith('cfg(') && !/windows|macos|apple|wasm|android|musl|msvc/.test(key);

function askedTarget(
  files: readonly CargoConfigFile[],
  env: Environment,
  buildArguments: readonly string[],
): CargoSettings['target'] {
  for (const [at, argument] of buildArguments.entries()) {
    const triple = argument === '--target' ? buildArguments[at + 1] : /^--target=(.+)$/.exec(argument)?.[1];
    if (triple !== undefined) return { triple, from: '--target' };
  }
  const variable = env.CARGO_BUILD_TARGET;
  if (variable !== undefined && variable !== '') return { triple: variable, from: 'CARGO_BUILD_TARGET' };
  for (const { file, table } of files) {
    const build = tableAt(table, 'build');
    const [first] = textsAt(build, 'target');
    const triple = textAt(build, 'target') ?? first;
    if (triple !== undefined) return { triple, from: file };
  }
  return null;
}
