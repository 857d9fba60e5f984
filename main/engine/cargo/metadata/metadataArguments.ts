/** Options of `cargo build` that `cargo metadata` takes too and that change what is resolved, each with a value. */
const WITH_VALUE = ['--features', '--config', '--lockfile-path', '-F', '-Z'];
const ALONE = new Set(['--all-features', '--no-default-features', '--locked', '--frozen', '--offline']);

/**
 * The arguments with which `cargo metadata` resolves what `cargo build` would build: the same features, lock flags and
 * configuration, and no package of another platform.
 * @param buildArguments those of `cargo build`, after the word `build`.
 * @param targets triples or target files.
 */
export function metadataArguments(buildArguments: readonly string[], targets: readonly string[]): string[] {
  const kept: string[] = [];
  for (const [at, argument] of buildArguments.entries()) {
    if (argument === '--') break;
    const before = buildArguments[at - 1];
    if (before !== undefined && WITH_VALUE.includes(before)) kept.push(before, argument);
    else if (ALONE.has(argument) || isJoined(argument)) kept.push(argument);
  }
  return [...targets.flatMap((target) => ['--filter-platform', target]), ...kept];
}

/** `--features=x`, `-Fx`, `-Zx`: option and value in one word. */
const isJoined = (argument: string): boolean =>
  WITH_VALUE.some((option) =>
    option.startsWith('--')
      ? argument.startsWith(`${option}=`)
      : argument.startsWith(option) && argument.length > option.length,
  );

/** The packages that a build selects by its arguments. */
export interface Selection {
  /** `--workspace`: all members. */
  all: boolean;
  /** `-p`: these. Where neither is given, cargo takes the default members. */
  names: string[];
  excluded: string[];
}

/** Reads `-p`, `--workspace` and `--exclude`. A version after the name (`api@0.1.0`) is left out: names differ in a workspace. */
export function selectionOf(buildArguments: readonly string[]): Selection {
  const valuesOf = (...options: readonly string[]): string[] =>
    buildArguments.flatMap((argument, at) => {
      if (options.includes(buildArguments[at - 1] ?? '')) return [bareName(argument)];
      const option = options.find((each) =>
        each.startsWith('--') ? argument.startsWith(`${each}=`) : /^-p=?[^=-]/.test(argument),
      );
      return option === undefined ? [] : [bareName(argument.replace(/^(--[a-z]+=|-p=?)/, ''))];
    });
  return {
    all: buildArguments.includes('--workspace') || buildArguments.includes('--all'),
    names: valuesOf('-p', '--package'),
    excluded: valuesOf('--exclude'),
  };
}

const bareName = (spec: string): string => (spec.split('#').at(-1) ?? spec).replace(/[@:].*$/, '');
