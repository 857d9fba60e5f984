import { basename, dirname, join, normalize, resolve } from 'node:path';
import type { BuildRecord } from '../building/buildRecord.ts';
import { type Environment, prepend } from '../environment.ts';
import { argumentValues } from '../rust/arguments.ts';
import type { CargoConfigFile } from '../rust/cargoConfig.ts';
import {
  type AskedTarget,
  askedProfile,
  askedTargets,
  placeFor,
  runnableTarget,
} from '../rust/cargoPlaces.ts';
import type { CargoMetadata } from './metadata/cargoMetadata.ts';
import type { Library } from './packages/packages.ts';

/** Where cargo puts things, by its configuration and the arguments of the build. */
export interface Places {
  /** All that cargo makes lies below one of these: `target`, and the build directory where that is another. */
  targetDirectory: string;
  buildRoot: string;
  /** Finished files: `target/[TARGET/]PROFILE`. */
  outputDirectory: string;
  /** What is made on the way: the same, in the build directory. */
  buildDirectory: string;
  /** Null where cargo builds for the machine itself without being told. */
  target: AskedTarget | null;
  /** The profile of cargo, such as `dev`. */
  cargoProfile: string;
  /** The standard library's folder for the target that is built for. */
  libdir: string;
  /** The settings that these follow from: a record of another build counts only where it was made with the same. */
  key: string;
}

interface Asked {
  /** Where cargo is run. */
  cwd: string;
  environment: Environment;
  arguments: readonly string[];
  config: readonly CargoConfigFile[];
  metadata: Pick<CargoMetadata, 'target_directory' | 'build_directory'>;
  /** What `rustc --print target-libdir` says: `…/rustlib/TRIPLE/lib` of the machine itself. */
  hostLibdir: string;
}

/** Derives the places. Pure. */
export function placesOf(asked: Asked): Places {
  const { cwd, environment, config, metadata, hostLibdir } = asked;
  const host = basename(dirname(hostLibdir));
  const targets = askedTargets(config, environment, asked.arguments, { cwd, host });
  const target = runnableTarget(targets, host);
  const cargoProfile = askedProfile(asked.arguments);
  // A relative `../out` is in them as it was given.
  const targetDirectory = normalize(metadata.target_directory);
  const buildRoot = normalize(metadata.build_directory ?? targetDirectory);
  const names = targets.map(({ name }) => name);
  return {
    targetDirectory,
    buildRoot,
    outputDirectory: placeFor(targetDirectory, target, cargoProfile),
    buildDirectory: placeFor(buildRoot, target, cargoProfile),
    target,
    cargoProfile,
    libdir: target === null ? hostLibdir : join(dirname(dirname(hostLibdir)), target.name, 'lib'),
    key: JSON.stringify([targetDirectory, buildRoot, names, cargoProfile, asked.arguments, hostLibdir]),
  };
}

/** The environment for `cargo metadata` to name the directories of a build with these arguments: it takes no `--target-dir`. */
export function withTargetDirectory(
  environment: Environment,
  args: readonly string[],
  cwd: string,
): Environment {
  const given = argumentValues(args, '--target-dir').at(-1);
  return given === undefined ? environment : { ...environment, CARGO_TARGET_DIR: resolve(cwd, given) };
}

/** A library of the workspace, and where its file is or will be. */
export interface PlacedLibrary extends Library {
  /** Absolute. */
  path: string;
}

/** Where the files of a workspace are. */
export interface PlacedFiles {
  outputDirectory: string;
  /** Absolute path of the program. */
  program: string;
  libraries: PlacedLibrary[];
}

interface Wanted {
  program: { package: string; binary: string; kind: 'bin' | 'example' };
  libraries: readonly Library[];
}

const LIBRARY_FILE = /\.(?:so|dylib|dll)$/;

/** Where cargo put each file in the build that a record is of; what that does not name, where the settings put it. Pure. */
export function placeFiles(
  { program, libraries }: Wanted,
  places: Places,
  made: BuildRecord | null,
): PlacedFiles {
  const record = made?.key === places.key ? made : null;
  /** Of several, as for several targets, the one that was expected; else the last. */
  const pick = (paths: readonly string[], expected: string): string =>
    paths.find((path) => path === expected) ??
    paths.find((path) => dirname(path) === dirname(expected)) ??
    paths.at(-1) ??
    expected;
  const artifacts = record?.artifacts ?? [];
  const folder = program.kind === 'bin' ? places.outputDirectory : join(places.outputDirectory, 'examples');
  const executables = artifacts.flatMap((each) =>
    each.package === program.package && each.target === program.binary && each.kind.includes(program.kind)
      ? (each.executable ?? [])
      : [],
  );
  const executable = pick(executables, join(folder, programFile(program.binary)));
  const outputDirectory = program.kind === 'bin' ? dirname(executable) : dirname(dirname(executable));
  return {
    outputDirectory,
    program: executable,
    libraries: libraries.map((library) => {
      const files = artifacts.flatMap((each) =>
        each.package === library.package ? each.files.filter((file) => LIBRARY_FILE.test(file)) : [],
      );
      return { ...library, path: pick(files, join(outputDirectory, library.file)) };
    }),
  };
}

const programFile = (binary: string): string => (process.platform === 'win32' ? `${binary}.exe` : binary);

/**
 * The folders where a program looks for libraries, as `cargo run` puts them on LD_LIBRARY_PATH (cargo's
 * `Compilation::fill_env` and `filter_dynamic_search_path`): those that build scripts name, as far as they lie in the
 * output directory, sorted by what the scripts said; that directory; where libraries lie that are not put there; and
 * the standard library's. Pure.
 */
export function libraryFolders(
  { outputDirectory, libraries }: PlacedFiles,
  places: Places,
  made: BuildRecord | null,
): string[] {
  const record = made?.key === places.key ? made : null;
  const said = (record?.scripts ?? []).flatMap((script) => script.linkedPaths).sort();
  const named = said.map((path) =>
    normalize(path.replace(/^(?:native|crate|dependency|framework|all)=/, '')),
  );
  const inside = named.filter((path) => path === outputDirectory || path.startsWith(`${outputDirectory}/`));
  const elsewhere = libraries.map(({ path }) => dirname(path));
  const deps = join(places.buildDirectory, 'deps');
  return [...new Set([...inside, outputDirectory, deps, ...elsewhere, places.libdir])];
}

/**
 * The environment that `cargo run` gives a program, on top of the user's own: the folders of its libraries, its
 * package's folder, and what its build script says. What hotdeck.json sets counts before that. Pure.
 */
export function runEnvironment(
  {
    plainEnvironment,
    variables,
    places,
  }: { plainEnvironment: Environment; variables: Environment; places: Places },
  files: PlacedFiles,
  made: BuildRecord | null,
  program: { package: string; folder: string | null },
): Environment {
  const scripts =
    made?.key === places.key ? made.scripts.filter((each) => each.package === program.package) : [];
  const script = scripts.at(-1);
  const own: Environment =
    program.folder === null
      ? {}
      : { CARGO_MANIFEST_DIR: program.folder, CARGO_MANIFEST_PATH: join(program.folder, 'Cargo.toml') };
  if (script !== undefined)
    Object.assign(own, Object.fromEntries(script.env), { OUT_DIR: script.outDirectory });
  return prepend(
    { ...plainEnvironment, ...own, ...variables },
    'LD_LIBRARY_PATH',
    libraryFolders(files, places, made),
  );
}
