import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Setting } from '../../../preload/contract.ts';
import { prepend, userEnvironment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { NO_CHOICES } from '../setup/choices.ts';
import { type CargoMetadata, readCargoMetadata, readTargetLibdir } from './cargoMetadata.ts';
import { type Chosen, type ChosenTools, readChosenTools } from './chosen.ts';
import { outputDirectoryOf } from './outputDirectory.ts';
import { type Packages, type Program, readPackages } from './packages.ts';
import { detectProfile, detectProgram } from './profile.ts';
import { readSettingsFile, type SettingsFile } from './settingsFile.ts';
import type { Workspace } from './workspace.ts';

/**
 * Reads the workspace in a folder. Errors: what is missing or broken, and what to do about it.
 * @param chosen what the user chose for this workspace in the set-up.
 */
export async function openWorkspace(
  root: string,
  processEnv: NodeJS.ProcessEnv,
  chosen: Chosen = NO_CHOICES,
): Promise<Result<Workspace>> {
  const environment = userEnvironment(processEnv);
  const folder = await checkFolder(root);
  if (!folder.ok) return folder;
  const settings = await readSettingsFile(root);
  if (!settings.ok) return settings;
  const tools = await readChosenTools(root, environment, chosen);
  const [metadata, libdir] = await Promise.all([
    readCargoMetadata(root, tools.environment),
    readTargetLibdir(root, tools.environment),
  ]);
  if (!metadata.ok) return metadata;
  if (!libdir.ok) return libdir;
  const packages = readPackages(metadata.value, process.platform);
  const program = chooseProgram(packages, settings.value);
  if (!program.ok) return program;
  const unknown = settings.value.modules?.find(
    (name) => !packages.libraries.some((library) => library.package === name),
  );
  if (unknown !== undefined) {
    return failed(
      'broken-settings',
      `hotdeck.json: modules: ${unknown} is not a dylib of this workspace.`,
      'Name packages whose crate-type holds "dylib".',
    );
  }
  return success(
    assemble({
      root,
      metadata: metadata.value,
      packages,
      program: program.value,
      file: settings.value,
      libdir: libdir.value,
      environment,
      tools,
    }),
  );
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
      `${root} holds no Cargo.toml, so it is not a Cargo workspace.`,
      'Open the folder that holds the Cargo.toml of the workspace.',
    );
  }
  return success(null);
}

function chooseProgram(packages: Packages, settings: SettingsFile): Result<Program> {
  const { package: named, binary } = settings;
  if (named === undefined && binary === undefined) {
    const detected = detectProgram(packages);
    if (detected !== null) return success(detected);
    return packages.programs.length === 0
      ? failed(
          'no-executable',
          'This workspace builds no program.',
          'Open the workspace that has the server in it.',
        )
      : failed(
          'several-executables',
          `This workspace builds several programs: ${packages.programs.map((each) => each.binary).join(', ')}.`,
          'Say in hotdeck.json which one is the server: { "package": "…", "binary": "…" }.',
        );
  }
  const matching = packages.programs.filter(
    (each) =>
      (named === undefined || each.package === named) && (binary === undefined || each.binary === binary),
  );
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return success(only);
  return failed(
    'broken-settings',
    `hotdeck.json names ${[named, binary].filter(Boolean).join(' / ')}, and ${matching.length === 0 ? 'no' : 'more than one'} program is that.`,
    `The programs are: ${packages.programs.map((each) => `${each.package} / ${each.binary}`).join(', ')}.`,
  );
}

/** `cargo build` alone builds the default members: enough where they take in everything that Hotdeck shows. */
function selection(metadata: CargoMetadata, packages: Packages, program: Program): string[] {
  const defaults = new Set(metadata.workspace_default_members ?? metadata.workspace_members);
  const built = new Set<string>();
  for (const each of metadata.packages) if (defaults.has(each.id)) built.add(each.name);
  for (const name of built) for (const need of packages.needs.get(name)?.libraries ?? []) built.add(need);
  const wanted = [program.package, ...packages.libraries.map((library) => library.package)];
  return wanted.every((name) => built.has(name)) ? [] : ['--workspace'];
}

interface Parts {
  root: string;
  metadata: CargoMetadata;
  packages: Packages;
  program: Program;
  file: SettingsFile;
  libdir: string;
  /** The user's own, and what comes on top of it for cargo. */
  environment: Workspace['serverEnvironment'];
  tools: ChosenTools;
}

function assemble(parts: Parts): Workspace {
  const { root, metadata, packages, file, libdir, tools } = parts;
  const profile = detectProfile(packages);
  const settings: Setting[] = [];
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
    parts.program.binary,
    () => parts.program.binary,
    'detected',
  );
  const args = choose('arguments', file.arguments, [], words);
  const variables = choose('environment', file.environment, {}, (value) => words(Object.keys(value)));
  const rule = choose('rule', file.rule, profile.rule, plain, known);
  const reload = choose('reload signal', file.signals?.reload, profile.reload, plain, known);
  const shutdown = choose('shutdown signal', file.signals?.shutdown, profile.shutdown, plain, known);
  const ready = choose('ready line', file.ready, profile.ready, plain, known);
  const patience = choose('reload timeout', file.reloadTimeout, 60, (value) => `${value} s`);
  const own = choose(
    'cargo build',
    file.build?.arguments,
    [...selection(metadata, packages, parts.program), ...profile.buildArguments],
    words,
    'detected',
  );
  settings.push(...tools.settings);
  const names = file.modules ?? profile.modules;
  settings.push({
    key: 'modules',
    value: names === null ? 'found in the linked files' : names.join(' '),
    from: file.modules === undefined ? 'detected' : 'hotdeck.json',
  });
  if (file.editor !== undefined) {
    settings.push({ key: 'editor', value: words(file.editor), from: 'hotdeck.json' });
  }
  const build = [...own, ...tools.arguments];
  const outputDirectory = outputDirectoryOf(metadata.target_directory, build);
  const serverEnvironment = prepend({ ...parts.environment, ...variables }, 'LD_LIBRARY_PATH', [
    outputDirectory,
    join(outputDirectory, 'deps'),
    libdir,
  ]);
  const libraries = packages.libraries.map((each) => ({ ...each, path: join(outputDirectory, each.file) }));
  const program = {
    package: parts.program.package,
    file: join(outputDirectory, programFile(parts.program.binary)),
    arguments: args,
  };
  return {
    root,
    name: basename(root),
    profile: profile.name,
    family: profile.family,
    packages,
    packageNames: new Map(metadata.packages.map((each) => [each.id, each.name])),
    program,
    libraries,
    // A package with a library and a program is one node: the program.
    files: new Map([
      ...libraries.map(({ package: name, path }) => [name, path] as const),
      [program.package, program.file],
    ]),
    targetDirectory: metadata.target_directory,
    outputDirectory,
    rule,
    modules:
      names === null ? null : { names, from: file.modules === undefined ? 'detected' : 'hotdeck.json' },
    signals: { reload, shutdown },
    shutdownIsSet: file.signals?.shutdown !== undefined,
    ready: new RegExp(ready),
    reloadTimeout: patience * 1000,
    buildArguments: build,
    rustSources: join(libdir, '..', '..', 'src', 'rust'),
    editor: file.editor ?? null,
    buildEnvironment: tools.environment,
    serverEnvironment,
    settings,
  };
}

const programFile = (binary: string): string => (process.platform === 'win32' ? `${binary}.exe` : binary);
