import { isAbsolute, join, parse, resolve } from 'node:path';
import type { Environment } from '../environment.ts';
import { argumentValues, hasFlag } from './arguments.ts';
import { buildTables, type CargoConfigFile, textOrTexts } from './cargoConfig.ts';
import { textAt } from './toml.ts';

/** The machine that is built for, where that was asked for. */
export interface AskedTarget {
  /** A triple, or the path of a target's JSON file. */
  name: string;
  from: string;
}

/** What `--target` and its like may say instead of the machine's own triple. */
const HOST = 'host-tuple';

/**
 * The targets that a build is for; none where cargo builds for the machine itself without being told. `--target` counts
 * alone, then `--config`, then CARGO_BUILD_TARGET, then the files (the Cargo book, "build.target"). Pure.
 * @param cwd where cargo is run: relative paths of arguments and variables begin there.
 * @param host the machine's own triple.
 */
export function askedTargets(
  files: readonly CargoConfigFile[],
  env: Environment,
  args: readonly string[],
  { cwd, host }: { cwd: string; host: string },
): AskedTarget[] {
  const named = (name: string, from: string, base: string): AskedTarget => {
    const path = name.endsWith('.json') && !isAbsolute(name) ? resolve(base, name) : name;
    return { name: name === HOST ? host : path, from };
  };
  const given = argumentValues(args, '--target');
  if (given.length > 0) return unique(given.map((name) => named(name, '--target', cwd)));
  const tables = buildTables(files);
  const variable = env.CARGO_BUILD_TARGET;
  const found = (wanted: boolean): AskedTarget[] => {
    // Arrays of several files are joined, the furthest first; a single text of the closest file holds alone.
    const sets = tables
      .filter((each) => each.given === wanted)
      .map(({ table, file, base }) => ({
        alone: typeof table.target === 'string',
        targets: textOrTexts(table, 'target').map((name) => named(name, file, base)),
      }))
      .filter(({ targets }) => targets.length > 0);
    const last = sets.findIndex((each) => each.alone);
    const taken = last === 0 ? sets.slice(0, 1) : sets.slice(0, last === -1 ? undefined : last);
    return taken.toReversed().flatMap(({ targets }) => targets);
  };
  const byArgument = found(true);
  if (byArgument.length > 0) return unique(byArgument);
  if (variable !== undefined && variable !== '') return [named(variable, 'CARGO_BUILD_TARGET', cwd)];
  return unique(found(false));
}

const unique = (targets: AskedTarget[]): AskedTarget[] =>
  targets.filter((each, at) => targets.findIndex(({ name }) => name === each.name) === at);

/** Of several targets the one that runs here: the machine's own where it is among them. Null where none was asked for. */
export const runnableTarget = (targets: readonly AskedTarget[], host: string): AskedTarget | null =>
  targets.find(({ name }) => name === host) ?? targets[0] ?? null;

/** The name that a target's folder has: a triple's is the triple, a file's is its name without `.json`. */
export const targetFolder = ({ name }: AskedTarget): string =>
  name.endsWith('.json') ? parse(name).name : name;

/** The profile that `cargo build` is told to take. */
export function askedProfile(args: readonly string[]): string {
  return argumentValues(args, '--profile').at(-1) ?? (hasFlag(args, '--release', 'r') ? 'release' : 'dev');
}

/** A profile's folder has its name, but for cargo's own four (the Cargo book, "Build cache"). */
function profileFolder(profile: string): string {
  if (profile === 'dev' || profile === 'test') return 'debug';
  return profile === 'bench' ? 'release' : profile;
}

/** Where cargo puts what it links, or what it makes on the way. */
export const placeFor = (directory: string, target: AskedTarget | null, profile: string): string =>
  target === null
    ? join(directory, profileFolder(profile))
    : join(directory, targetFolder(target), profileFolder(profile));

/**
 * The target directory by the configuration alone, for a workspace that cargo can't be asked about; null for its own
 * default. `--target-dir` counts first, then CARGO_TARGET_DIR, then the key, whose variable is CARGO_BUILD_TARGET_DIR. Pure.
 */
export function configuredTargetDirectory(
  files: readonly CargoConfigFile[],
  env: Environment,
  args: readonly string[],
  cwd: string,
): string | null {
  const key = (wanted: boolean): string[] =>
    buildTables(files).flatMap(({ table, base, given }) => {
      const path = textAt(table, 'target-dir');
      return given !== wanted || path === null ? [] : [resolve(base, path)];
    });
  const variable = (name: string): string[] => {
    const path = env[name];
    return path === undefined || path === '' ? [] : [resolve(cwd, path)];
  };
  const given = argumentValues(args, '--target-dir').at(-1);
  const [first] = [
    ...(given === undefined ? [] : [resolve(cwd, given)]),
    ...variable('CARGO_TARGET_DIR'),
    ...key(true),
    ...variable('CARGO_BUILD_TARGET_DIR'),
    ...key(false),
  ];
  return first ?? null;
}
