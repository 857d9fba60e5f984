import type { Environment } from '../environment.ts';
import { buildTables, type CargoConfigFile } from './cargoConfig.ts';
import { type AskedTarget, askedTargets, configuredTargetDirectory, runnableTarget } from './cargoPlaces.ts';
import { type Table, tableAt, textAt, textsAt } from './toml.ts';

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
  target: AskedTarget | null;
  targetDirectory: string | null;
}

/**
 * What the configuration comes to, by the order in cargo's book ("build.rustflags"): CARGO_ENCODED_RUSTFLAGS, else
 * RUSTFLAGS, else the flags of the target, else those of the build. Pure.
 * @param files those among the arguments too.
 * @param host the target where none is asked for.
 * @param cwd where cargo is run.
 */
export function cargoSettings(
  files: readonly CargoConfigFile[],
  env: Environment,
  { host, cwd }: { host: string; cwd: string },
  buildArguments: readonly string[],
): CargoSettings {
  const target = runnableTarget(askedTargets(files, env, buildArguments, { cwd, host }), host);
  const triple = target?.name ?? host;
  const upper = triple.toUpperCase().replaceAll(/[-.]/g, '_');
  const tables = files.flatMap(({ file, table }) =>
    Object.entries(tableAt(table, 'target')).flatMap(([key, value]) =>
      key === triple || meansLinux(key)
        ? [{ from: `${file} (target.${key})`, table: tableAt({ value }, 'value') }]
        : [],
    ),
  );
  const builds = buildTables(files).map(({ file, table }) => ({ from: file, table }));
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
    targetDirectory: configuredTargetDirectory(files, env, buildArguments, cwd),
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
