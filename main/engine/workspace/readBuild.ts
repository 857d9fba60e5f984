import { basename, dirname } from 'node:path';
import type { ProgramChoice } from '#shared/contract.ts';
import { type ReadMetadata, readCargoMetadata } from '../cargo/metadata/cargoMetadata.ts';
import { targetHolds } from '../cargo/metadata/cfgExpression.ts';
import { metadataArguments } from '../cargo/metadata/metadataArguments.ts';
import {
  type Packages,
  type Program,
  type ReadingOptions,
  readPackages,
} from '../cargo/packages/packages.ts';
import { addedMembers, buildSelection } from '../cargo/packages/selection.ts';
import { withTargetDirectory } from '../cargo/places.ts';
import { lookingOnly } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { type Running, run } from '../run.ts';
import type { CargoConfig } from '../rust/cargoConfig.ts';
import { askedTargets } from '../rust/cargoPlaces.ts';
import { chooseProgram } from './chooseProgram.ts';
import type { Chosen, ChosenTools } from './chosen.ts';
import { type ReloadFeature, reloadFeatureOf } from './kindBasis.ts';
import { type MemberSources, memberSources, remarkOfLeftOut, stillLeftOut } from './leftOut.ts';
import { detectProfile } from './profile.ts';
import { programChoices } from './programs.ts';
import type { Remark } from './remark.ts';
import { remarksOf } from './remarks.ts';
import type { SettingsFile } from './settingsFile.ts';

/** What is built, and what of. */
export interface BuildDefinition {
  metadata: ReadMetadata;
  packages: Packages;
  program: Program;
  /** The arguments of `cargo build` where the user sets none. */
  detectedArguments: string[];
  /** What may be run instead, with it. */
  programs: ProgramChoice[];
  /** The feature that has the program reload, where it is not on by default. */
  reloadFeature: ReloadFeature | null;
  /** Members that Hotdeck adds to what `cargo build` builds, by name. */
  added: string[];
  addedSources: ReadonlyMap<string, MemberSources>;
  builtAnyway: ReadonlySet<string>;
  remarks: Remark[];
}

interface Options {
  root: string;
  file: SettingsFile;
  tools: ChosenTools;
  config: CargoConfig;
  /** Of the toolchain: its path names the host. */
  libdir: string;
  running: Running;
  /** The program that the user chose. */
  chosen: Chosen['program'];
  /** Members that failed before. */
  leftOut: Chosen['leftOut'];
}

/**
 * Asks cargo what the workspace is, and works out what is to be built: which program, which members, and with that which
 * dependencies there are. Errors: those of cargo, of choosing the program, and of `modules` in hotdeck.json.
 */
export async function readBuildDefinition(options: Options): Promise<Result<BuildDefinition>> {
  const { root, file, tools, libdir, running } = options;
  // …/lib/rustlib/TRIPLE/lib
  const host = basename(dirname(libdir));
  const ask = (args: readonly string[]): Promise<Result<ReadMetadata>> => {
    const environment = withTargetDirectory(tools.environment, args, root);
    return readCargoMetadata(
      root,
      environment,
      metadataArguments(args, targetsOf(options, args, host)),
      running,
    );
  };
  const given = [...(file.build?.arguments ?? []), ...tools.arguments];
  const first = await ask(given);
  if (!first.ok) return first;
  const holds = first.value.less === 'members' ? await targetsThatHold(options, given, host) : null;
  const base: ReadingOptions = {
    platform: process.platform,
    named: file.modules ?? [],
    ...(holds === null ? {} : { holds }),
  };
  const all = readPackages(first.value, { ...base, arguments: given, allMembers: true });
  const plain = readPackages(first.value, { ...base, arguments: given });
  const chosen = chooseProgram(all, plain, file, options.chosen);
  if (!chosen.ok) return chosen;
  const profile = detectProfile(all);
  const addable = file.build === undefined ? addedMembers(first.value, all, plain, chosen.value) : [];
  const addedSources = memberSources(addable, all, libdir);
  const asked = new Set([chosen.value.package, ...(file.modules ?? [])]);
  const leftOut = await stillLeftOut(
    options.leftOut.filter((each) => !asked.has(each.package)),
    addedSources,
  );
  const isLeftOut = new Set(leftOut.map((each) => each.package));
  const wanted = { ...all, libraries: all.libraries.filter((each) => !isLeftOut.has(each.package)) };
  const reloadFeature = profile.family === null ? reloadFeatureOf(first.value, chosen.value) : null;
  const detectedArguments = [
    ...buildSelection(first.value, wanted, plain, chosen.value),
    ...targetArguments(chosen.value, wanted),
    ...profile.buildArguments,
    ...(reloadFeature === null ? [] : ['--features', reloadFeature.feature]),
  ];
  const args = [...(file.build?.arguments ?? detectedArguments), ...tools.arguments];
  let metadata = first.value;
  let packages = readPackages(metadata, { ...base, arguments: args });
  if (packages.isIncomplete && metadata.less === null) {
    // A feature that was only now found out needs a dependency that cargo was not asked about.
    const second = await ask(args);
    if (second.ok) {
      metadata = second.value;
      packages = readPackages(metadata, { ...base, arguments: args });
    }
  }
  const unknown = checkNamed(file, all, packages);
  if (!unknown.ok) return unknown;
  const program = packages.programs.find(
    (each) => each.package === chosen.value.package && each.binary === chosen.value.binary,
  );
  const remark = remarkOfLeftOut(leftOut);
  return success({
    metadata,
    packages,
    program: program ?? chosen.value,
    programs: programChoices(all.programs, packages.programs, chosen.value),
    detectedArguments,
    reloadFeature,
    added: addable.filter((name) => !isLeftOut.has(name)),
    addedSources,
    builtAnyway: plain.built,
    remarks: [...remarksOf(metadata, packages), ...(remark === null ? [] : [remark])],
  });
}

/** cargo builds an example only when it is asked for, and then nothing else without being told. */
const targetArguments = ({ kind, binary }: Program, { libraries }: Packages): string[] =>
  kind === 'bin' ? [] : [...(libraries.length > 0 ? ['--lib'] : []), '--example', binary];

/** The programs of a workspace, for a user who has to say which one is the server. Errors: those of cargo. */
export async function readPrograms({
  root,
  file,
  tools,
  config,
  libdir,
  running,
}: Omit<Options, 'chosen' | 'leftOut'>): Promise<Result<ProgramChoice[]>> {
  const given = [...(file.build?.arguments ?? []), ...tools.arguments];
  const host = basename(dirname(libdir));
  const targets = targetsOf({ root, tools, config }, given, host);
  const environment = withTargetDirectory(tools.environment, given, root);
  const metadata = await readCargoMetadata(root, environment, metadataArguments(given, targets), running);
  if (!metadata.ok) return metadata;
  const all = readPackages(metadata.value, {
    platform: process.platform,
    arguments: given,
    allMembers: true,
  });
  return success(programChoices(all.programs, [], null));
}

/** What `modules` in hotdeck.json names has to be there and built. */
function checkNamed({ modules }: SettingsFile, all: Packages, packages: Packages): Result<null> {
  const isIn = (name: string, { libraries }: Packages): boolean =>
    libraries.some((library) => library.package === name);
  const unknown = modules?.find((name) => !isIn(name, packages));
  if (unknown === undefined) return success(null);
  return isIn(unknown, all)
    ? failed(
        'broken-settings',
        `hotdeck.json: modules: ${unknown} is not built with these cargo build arguments.`,
        `Add "-p", "${unknown}" to build.arguments, or remove ${unknown} from modules.`,
      )
    : failed(
        'broken-settings',
        `hotdeck.json: modules: ${unknown} is not a dylib of this workspace.`,
        'Name packages whose crate-type includes "dylib" or "cdylib".',
      );
}

/** The platforms that a build is for. */
function targetsOf(
  { root, tools, config }: Pick<Options, 'root' | 'tools' | 'config'>,
  args: readonly string[],
  host: string,
): string[] {
  const asked = askedTargets(config.files, tools.environment, args, { cwd: root, host });
  return asked.length === 0 ? [host] : asked.map(({ name }) => name);
}

/** For metadata that cargo resolved for no platform: which `target` of a dependency holds, as rustc says. */
async function targetsThatHold(
  options: Options,
  args: readonly string[],
  host: string,
): Promise<(target: string) => boolean> {
  const { root, tools, running } = options;
  const [triple = host] = targetsOf(options, args, host);
  const asking = { cwd: root, env: lookingOnly(tools.environment), ...running };
  const answer = await run('rustc', ['--print', 'cfg', '--target', triple], asking);
  const lines = answer.ok && answer.value.code === 0 ? answer.value.stdout.split('\n') : [];
  const cfg = new Set(lines.map((line) => line.trim().replaceAll('"', '')));
  return (target) => targetHolds(target, triple, cfg);
}
