import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { KindFinding, ReloadBy, Setting } from '#shared/contract.ts';
import { cargoBuildSystem } from '../cargo/cargoBuildSystem.ts';
import { readTargetLibdir } from '../cargo/metadata/cargoMetadata.ts';
import { libraryFile } from '../cargo/packages/packages.ts';
import { placesOf } from '../cargo/places.ts';
import { type Environment, userEnvironment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import type { Running } from '../run.ts';
import { type CargoConfig, configStamp, readCargoConfig } from '../rust/cargoConfig.ts';
import { NO_CHOICES } from './choices.ts';
import { type Chosen, type ChosenTools, readChosenTools, withToolchain } from './chosen.ts';
import { findHotModules, type HotModule } from './hotModules.ts';
import { type KindBasis, readKindBasis } from './kindBasis.ts';
import { readKind } from './kindReader.ts';
import { filesOf, placed, type Unplaced } from './placed.ts';
import { preferDynamicIn } from './preferDynamic.ts';
import { detectProfile } from './profile.ts';
import { featureRemarks } from './programs.ts';
import { type BuildDefinition, readBuildDefinition } from './readBuild.ts';
import { readSettingsFile, reloadIn, type SettingsFile } from './settingsFile.ts';
import type { Workspace } from './workspace.ts';

/** What stands for the ready line where none is set. */
const COMMON_READY = '“Listening on …”, “Server running at …”, “Ready” and the like';

/**
 * Reads the workspace in a folder. Errors: what is missing or broken, and what to do about it.
 * @param chosen what the user chose for this workspace in the setup.
 * @param running what cargo says meanwhile goes there, and who may stop it.
 */
export async function openWorkspace(
  root: string,
  processEnv: NodeJS.ProcessEnv,
  chosen: Chosen = NO_CHOICES,
  running: Running = {},
): Promise<Result<Workspace>> {
  const environment = userEnvironment(processEnv);
  const folder = await checkFolder(root);
  if (!folder.ok) return folder;
  const settings = await readSettingsFile(root);
  if (!settings.ok) return settings;
  const [tools, libdir] = await Promise.all([
    readChosenTools(root, environment, withoutOther(chosen, settings.value)),
    readTargetLibdir(root, withToolchain(environment, chosen.toolchain), running),
  ]);
  if (!libdir.ok) return libdir;
  const file = settings.value;
  const given = [...(file.build?.arguments ?? []), ...tools.arguments];
  const config = await readCargoConfig(root, tools.environment, given);
  const asked = await readBuildDefinition({
    root,
    file,
    tools,
    config,
    chosen: chosen.program,
    leftOut: chosen.leftOut,
    libdir: libdir.value,
    running,
  });
  if (!asked.ok) return asked;
  const { packages, program, detectedArguments } = asked.value;
  const args = [...(file.build?.arguments ?? detectedArguments), ...tools.arguments];
  const hotModules = await findHotModules(packages.folders.get(program.package) ?? root, root);
  const preferDynamic = preferDynamicIn(config, { root, environment: tools.environment, arguments: args });
  const parts = { root, build: asked.value, file, libdir: libdir.value, config, environment, tools };
  return success(
    assemble({
      ...parts,
      chosenProgram: chosen.program?.binary ?? null,
      chosenKind: chosen.kind,
      hotModules,
      preferDynamic,
    }),
  );
}

/** Features that were turned on for a program are not for the one that hotdeck.json names instead. */
function withoutOther(chosen: Chosen, file: SettingsFile): Chosen {
  const { program } = chosen;
  const isOther =
    (file.package !== undefined && file.package !== program?.package) ||
    (file.binary !== undefined && file.binary !== program?.binary);
  return isOther ? { ...chosen, program: null } : chosen;
}

async function checkFolder(root: string): Promise<Result<null>> {
  const folder = await stat(root).catch(() => null);
  if (folder === null || !folder.isDirectory()) {
    return failed('missing-folder', `There is no folder ${root}.`, 'Open another workspace.');
  }
  const manifest = await stat(join(root, 'Cargo.toml')).catch(() => null);
  if (manifest === null) {
    return failed(
      'no-cargo-toml',
      `${root} has no Cargo.toml, so it is not a Cargo workspace.`,
      'Open the folder that contains the workspace’s Cargo.toml.',
    );
  }
  return success(null);
}

interface Parts {
  root: string;
  build: BuildDefinition;
  file: SettingsFile;
  libdir: string;
  config: CargoConfig;
  /** The user's own, and what comes on top of it for cargo. */
  environment: Environment;
  tools: ChosenTools;
  /** The name of the program that the user chose. */
  chosenProgram: string | null;
  chosenKind: Chosen['kind'];
  hotModules: readonly HotModule[];
  /** Where `-Cprefer-dynamic` is set for cargo; null where it is not. */
  preferDynamic: string | null;
}

function assemble(parts: Parts): Workspace {
  const { root, file, libdir, tools, config } = parts;
  const { metadata, packages } = parts.build;
  const profile = detectProfile(packages);
  const { preferDynamic } = parts;
  const { family } = profile;
  const kindBasis = readKindBasis({
    metadata,
    packages,
    program: parts.build.program,
    family,
    preferDynamic,
  });
  const build = [...(file.build?.arguments ?? parts.build.detectedArguments), ...tools.arguments];
  const places = placesOf({
    cwd: root,
    environment: tools.environment,
    arguments: build,
    config: config.files,
    metadata,
    hostLibdir: libdir,
  });
  const { package: name, node, binary, kind } = parts.build.program;
  const program: Unplaced['program'] = {
    package: name,
    node,
    binary,
    kind,
    arguments: file.arguments ?? [],
  };
  const files = filesOf({ program, packages, places }, null);
  const kindFinding = readKind(kindBasis, files, chosenKind(parts));
  const settings: Setting[] = [{ key: 'kind', value: kindFinding.kind, from: kindFinding.from }];
  /** The value that was set, or else the detected one; either way it is shown. */
  const choose = <T>(
    key: string,
    set: T | undefined,
    other: T,
    show: (value: T) => string,
    from: Setting['from'] = 'default',
  ): T => {
    const value = set ?? other;
    settings.push({ key, value: show(value), from: set === undefined ? from : 'hotdeck.json' });
    return value;
  };
  const plain = (value: string): string => value;
  const words = (value: readonly string[]): string => (value.length === 0 ? 'none' : value.join(' '));
  const known = profile.name === 'generic' ? 'default' : 'detected';
  choose(
    'executable',
    file.package ?? file.binary,
    parts.build.program.binary,
    () => parts.build.program.binary,
    parts.chosenProgram === parts.build.program.binary ? 'set-up' : 'detected',
  );
  choose('arguments', file.arguments, [], words);
  const variables = choose('environment', file.environment, {}, (value) => words(Object.keys(value)));
  const rule = choose('rule', file.rule, profile.rule, plain, known);
  const newness = choose('takes for new', file.new, profile.newness ?? 'file-identity', plain, known);
  const how = reloadIn(file);
  const itself = reloadsItself(kindFinding, kindBasis);
  const usual: ReloadBy = itself ? { by: 'self' } : profile.reload;
  const isSignal = (how ?? usual).by === 'signal';
  const reload = choose(
    isSignal ? 'reload signal' : 'reload',
    how,
    usual,
    reloadWords,
    itself ? 'detected' : known,
  );
  const shutdown = choose('shutdown signal', file.signals?.shutdown, profile.shutdown, plain, known);
  const ready = choose('ready line', file.ready, profile.ready, (value) => value ?? COMMON_READY, known);
  const patience = choose('reload timeout', file.reloadTimeout, 60, (value) => `${value} s`);
  choose('cargo build', file.build?.arguments, parts.build.detectedArguments, words, 'detected');
  settings.push(...tools.settings);
  const { foreign } = packages;
  if (foreign.length > 0) {
    const value = foreign.map((each) => `${each.package}: ${each.what}`).join('; ');
    settings.push({ key: 'not modules', value, from: 'detected' });
  }
  const names = file.modules ?? profile.modules ?? openedByMacro(parts);
  settings.push({
    key: 'modules',
    value: names === null ? 'found in the linked files' : names.join(' '),
    from: file.modules === undefined ? 'detected' : 'hotdeck.json',
  });
  if (file.editor !== undefined) {
    settings.push({ key: 'editor', value: words(file.editor), from: 'hotdeck.json' });
  }
  const unplaced: Omit<Unplaced, 'buildSystem'> = {
    root,
    name: basename(root),
    profile: profile.name,
    kind: kindFinding.kind,
    kindFinding,
    kindBasis,
    hotModules: parts.hotModules,
    reloadFeature: parts.build.reloadFeature,
    family: profile.family,
    packages,
    packageNames: new Map(metadata.packages.map((each) => [each.id, each.name])),
    program,
    targetDirectory: places.targetDirectory,
    places,
    configured: configStamp(config),
    rule,
    newness,
    reload,
    modules:
      names === null ? null : { names, from: file.modules === undefined ? 'detected' : 'hotdeck.json' },
    shutdown: { signal: shutdown, isSet: file.signals?.shutdown !== undefined },
    ready: ready === null ? null : new RegExp(ready),
    reloadTimeout: patience * 1000,
    buildArguments: build,
    rustSources: join(libdir, '..', '..', 'src', 'rust'),
    editor: file.editor ?? null,
    buildEnvironment: tools.environment,
    variables,
    plainEnvironment: parts.environment,
    settings,
    programs: parts.build.programs,
    added: parts.build.added,
    addedSources: parts.build.addedSources,
    builtAnyway: parts.build.builtAnyway,
    remarks: [...parts.build.remarks, ...featureRemarks(parts.build.program)],
  };
  return placed({ ...unplaced, buildSystem: cargoBuildSystem(unplaced) }, null);
}

/** What the workspace is to be taken for, where somebody says so; hotdeck.json counts first. */
function chosenKind({ file, chosenKind: chosen }: Parts): Parameters<typeof readKind>[2] {
  if (file.kind !== undefined) return { kind: file.kind, from: 'hotdeck.json' };
  return chosen === null ? null : { kind: chosen, from: 'set-up' };
}

/** The libraries that hot-lib-reloader's macro opens: modules also where the program is linked to them besides. */
function openedByMacro({ hotModules, build: { packages } }: Parts): string[] | null {
  const names = packages.libraries.flatMap(({ package: name, file }) =>
    hotModules.some(({ library }) => libraryFile(library, process.platform) === file) ? [name] : [],
  );
  return names.length === 0 ? null : names;
}

/** How a server is made to reload, in a few words. */
function reloadWords(reload: ReloadBy): string {
  if (reload.by === 'signal') return reload.signal;
  return reload.by === 'self' ? 'by itself, when a library changes' : reload.command.join(' ');
}

/** Does a program reload by itself? Where it only opens libraries, something else may tell it when. */
const reloadsItself = ({ kind, from }: KindFinding, { reloaders, watchers }: KindBasis): boolean =>
  kind === 'hot-lib-reloader' && (from !== 'detected' || reloaders.length + watchers.length > 0);
