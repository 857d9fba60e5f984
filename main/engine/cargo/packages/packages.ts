import { dirname } from 'node:path';
import type { CargoMetadata, CargoPackage } from '../metadata/cargoMetadata.ts';
import {
  type BuildDependencies,
  buildDependencies,
  type Dependency,
  isMacro,
  libraryTarget,
} from '../metadata/dependencies.ts';
import { foreignLoader } from './foreign.ts';

/** A workspace member whose library is a dynamic one: a node of the graph. */
export interface Library {
  /** The package, and so the node. */
  package: string;
  /** File name of the library, such as `libdepot_api.so`. */
  file: string;
  crateTypes: readonly string[];
}

/** A program that the workspace builds. */
export interface Program {
  package: string;
  /** Its node in the graph: the package, or `PACKAGE (bin)` where the package's library is a node too. */
  node: string;
  binary: string;
  kind: 'bin' | 'example';
  /** Features that cargo builds it with only, and that this build is without. */
  missing: string[];
  defaultRun: boolean;
  features: string[];
  /** Those of them that are on by default. */
  defaults: string[];
}

/** A library of the workspace that no server of it opens. */
interface ForeignLibrary {
  package: string;
  /** Such as "a Python extension (pyo3)". */
  what: string;
}

export interface Packages {
  libraries: Library[];
  programs: Program[];
  foreign: ForeignLibrary[];
  /** Folder of each member, absolute. */
  folders: Map<string, string>;
  /** Folders of all packages that are not downloaded, absolute: the members and the path dependencies of the build. */
  sourceFolders: string[];
  /**
   * For each node: the libraries it is linked to, directly or by way of members that are linked in whole (rlibs), and
   * the third-party crates it names. Of the build that is done: with its features and its platform.
   */
  needs: Map<string, { libraries: string[]; crates: string[] }>;
  /** For each member: the libraries and programs that an edit of it changes by themselves. */
  owners: Map<string, string[]>;
  /** For each member: the members that have to be built before it, directly: by its manifest, whatever they are linked as. */
  links: Map<string, string[]>;
  /** Packages that `cargo build` builds with these arguments, by name. */
  built: ReadonlySet<string>;
  /** What the nodes are made of. */
  crates: {
    /** Packages of the build, by id. */
    units: ReadonlyMap<string, CrateUnit>;
    /** The package of each node, by id. */
    roots: ReadonlyMap<string, string>;
  };
  /** Is an optional dependency on that cargo was not asked about? Then edges are missing. */
  isIncomplete: boolean;
}

/** A package whose library others are linked to, or take in. */
interface CrateUnit {
  name: string;
  version: string;
  isMember: boolean;
  /** The node of its library, where that is a dylib. */
  library: string | null;
  /** Can it be taken into another crate as a whole? */
  isInlined: boolean;
  /** What it needs, by id; no macros, which are in nothing that is linked. */
  needs: readonly string[];
}

export interface ReadingOptions {
  platform: NodeJS.Platform;
  /** Those of `cargo build`. */
  arguments?: readonly string[];
  /** Read as if all members were built. */
  allMembers?: boolean;
  /** Libraries that are modules whatever they seem to be made for. */
  named?: readonly string[];
  /** Does a `cfg(…)` or a triple hold? For metadata that was not resolved for a platform. */
  holds?(target: string): boolean;
}

const isDynamic = (type: string): boolean => type === 'dylib' || type === 'cdylib';
/** What rustc can link into another crate as a whole. */
const isInlined = (type: string): boolean => type === 'lib' || type === 'rlib';

/** What the graph needs to know, out of what cargo says. Pure. */
export function readPackages(metadata: CargoMetadata, options: ReadingOptions): Packages {
  const { named = [], platform } = options;
  const byId = new Map(metadata.packages.map((each) => [each.id, each]));
  const members = metadata.workspace_members.flatMap((id) => byId.get(id) ?? []);
  const build = buildDependencies(metadata, {
    arguments: options.arguments ?? [],
    allMembers: options.allMembers ?? false,
    ...(options.holds === undefined ? {} : { holds: options.holds }),
  });
  const built = builtPackages(build);
  const libraries: Library[] = [];
  const foreign: ForeignLibrary[] = [];
  for (const member of members) {
    const target = libraryTarget(member);
    if (target === undefined || !target.crate_types.some(isDynamic) || !built.has(member.id)) continue;
    const what = foreignLoader(target.crate_types, build.of.get(member.id) ?? [], (id) =>
      build.features.get(id),
    );
    if (what !== null && !named.includes(member.name)) foreign.push({ package: member.name, what });
    else {
      libraries.push({
        package: member.name,
        file: libraryFile(target.name, platform),
        crateTypes: target.crate_types,
      });
    }
  }
  const isLibrary = new Set(libraries.map((each) => each.package));
  const programsOf = (kind: Program['kind']): Program[] =>
    members
      .filter((member) => built.has(member.id))
      .flatMap((member) =>
        member.targets
          .filter((target) => target.kind.includes(kind) && target.crate_types.includes('bin'))
          .map((target) => {
            const on = build.features.get(member.id);
            const missing = (target['required-features'] ?? []).filter((each) => on?.has(each) !== true);
            return programOf(member, { name: target.name, kind, missing }, isLibrary.has(member.name));
          }),
      );
  const binaries = programsOf('bin');
  // What a library shows itself with is a program only where there is no other.
  const programs = binaries.length > 0 ? binaries : programsOf('example');
  return {
    libraries,
    programs,
    foreign,
    folders: new Map(members.map((each) => [each.name, dirname(each.manifest_path)])),
    sourceFolders: metadata.packages
      .filter(({ id }) => metadata.workspace_members.includes(id) || (built.has(id) && isLocal(id)))
      .map((each) => dirname(each.manifest_path)),
    ...reachOf(members, libraries, programs, build, byId),
    links: linksBetween(members, build, byId),
    built: new Set([...built].flatMap((id) => byId.get(id)?.name ?? [])),
    crates: {
      units: unitsOf(build, byId, new Set(members.map((each) => each.id)), libraries),
      roots: rootsOf(members, libraries, programs),
    },
    isIncomplete: build.isIncomplete,
  };
}

/** `path+file:…#name@1.0.0`; `name 1.0.0 (path+file:…)` before cargo 1.77. */
const isLocal = (id: string): boolean => id.startsWith('path+') || id.includes('(path+');

function unitsOf(
  build: BuildDependencies,
  byId: ReadonlyMap<string, CargoPackage>,
  members: ReadonlySet<string>,
  libraries: readonly Library[],
): Map<string, CrateUnit> {
  const shared = new Set(
    libraries.flatMap(({ package: name, crateTypes }) => (crateTypes.includes('dylib') ? [name] : [])),
  );
  const units = new Map<string, CrateUnit>();
  for (const [id, dependencies] of build.of) {
    const found = byId.get(id);
    const isMember = members.has(id);
    const name = found?.name ?? id.replace(/^crate:/, '');
    units.set(id, {
      name,
      version: found?.version ?? '',
      isMember,
      library: isMember && shared.has(name) ? name : null,
      isInlined: found === undefined || libraryTarget(found)?.crate_types.some(isInlined) === true,
      needs: normalOnes(dependencies).flatMap((each) => (isMacro(byId.get(each.id)) ? [] : [each.id])),
    });
  }
  return units;
}

function rootsOf(
  members: readonly CargoPackage[],
  libraries: readonly Library[],
  programs: readonly Program[],
): Map<string, string> {
  const ids = new Map(members.map((each) => [each.name, each.id]));
  const pairs = [
    ...libraries.map(({ package: name }) => [name, ids.get(name)] as const),
    ...programs.map(({ node, package: name }) => [node, ids.get(name)] as const),
  ];
  return new Map(pairs.flatMap(([node, id]) => (id === undefined ? [] : [[node, id] as const])));
}

/** Everything that the build compiles of packages, by id. */
function builtPackages(build: BuildDependencies): Set<string> {
  const built = new Set(build.selected);
  for (const id of built) for (const each of build.of.get(id) ?? []) built.add(each.id);
  return built;
}

function programOf(
  found: CargoPackage,
  { name: binary, kind, missing }: { name: string } & Pick<Program, 'kind' | 'missing'>,
  hasLibraryNode: boolean,
): Program {
  return {
    package: found.name,
    node: hasLibraryNode ? `${found.name} (bin)` : found.name,
    binary,
    kind,
    missing,
    defaultRun: found.default_run === binary,
    features: Object.keys(found.features),
    defaults: defaultFeatures(found.features),
  };
}

function defaultFeatures(features: Readonly<Record<string, readonly string[]>>): string[] {
  const on = new Set(['default']);
  for (const feature of on) for (const each of features[feature] ?? []) on.add(each);
  return Object.keys(features).filter((feature) => on.has(feature));
}

/** What each node is linked to and what lies in it, and so which nodes an edit of a member changes. */
function reachOf(
  members: readonly CargoPackage[],
  libraries: readonly Library[],
  programs: readonly Program[],
  build: BuildDependencies,
  byId: ReadonlyMap<string, CargoPackage>,
): Pick<Packages, 'needs' | 'owners'> {
  const ids = new Map(members.map((each) => [each.name, each.id]));
  const isMember = new Set(members.map((each) => each.id));
  const shared = new Set(
    libraries.flatMap(({ package: name, crateTypes }) => (crateTypes.includes('dylib') ? [name] : [])),
  );
  const needs: Packages['needs'] = new Map();
  const owners = new Map<string, string[]>(members.map((each) => [each.name, []]));
  const nodes = new Map([
    ...libraries.map(({ package: name }) => [name, name] as const),
    ...programs.map(({ package: name, node }) => [node, name] as const),
  ]);
  const called = externalNames(build, byId, new Set([...nodes.keys(), ...isMember]));
  for (const [node, name] of nodes) {
    const reached = { libraries: new Set<string>(), crates: new Set<string>() };
    const own = ids.get(name);
    const inlined = new Set(own === undefined ? [] : [own]);
    // The library of a program's own package is linked to the program like any other.
    if (node !== name && shared.has(name)) reached.libraries.add(name);
    /** Members that run in the compiler: an edit of them changes the node, but they are not in it. */
    const expanding = new Set<string>();
    for (const id of inlined) {
      const current = byId.get(id);
      if (current !== undefined) owners.get(current.name)?.push(node);
      if (isMacro(current)) expanding.add(id);
      for (const dependency of normalOnes(build.of.get(id))) {
        const to = byId.get(dependency.id);
        if (expanding.has(id)) {
          if (!isMember.has(dependency.id) || inlined.has(dependency.id)) continue;
          expanding.add(dependency.id);
          inlined.add(dependency.id);
        } else if (!isMember.has(dependency.id)) {
          if (!isMacro(to)) reached.crates.add(called(dependency));
        } else if (shared.has(dependency.name)) reached.libraries.add(dependency.name);
        else if (isMacro(to) || libraryTarget(to)?.crate_types.some(isInlined) === true)
          inlined.add(dependency.id);
      }
    }
    if (node === name) reached.libraries.delete(node);
    needs.set(node, { libraries: [...reached.libraries].sort(), crates: [...reached.crates].sort() });
  }
  return { needs, owners };
}

/** What a crate from elsewhere is called: by its name; by name and version where that is the name of something else, too. */
function externalNames(
  build: BuildDependencies,
  byId: ReadonlyMap<string, CargoPackage>,
  nodes: ReadonlySet<string>,
): (dependency: Dependency) => string {
  const versions = new Map<string, Set<string>>();
  for (const each of [...build.of.values()].flat()) {
    versions.set(each.name, (versions.get(each.name) ?? new Set()).add(each.id));
  }
  return ({ id, name }) => {
    const version = byId.get(id)?.version;
    const isTaken = nodes.has(name) || (versions.get(name)?.size ?? 0) > 1;
    return isTaken && version !== undefined ? `${name} ${version}` : name;
  };
}

/** Normal dependencies only: what a build script or a test uses is not in the library. */
const normalOnes = (dependencies: readonly Dependency[] = []): readonly Dependency[] =>
  dependencies.filter(({ kind }) => kind === 'normal');

/** What a test uses is not built. */
function linksBetween(
  members: readonly CargoPackage[],
  build: BuildDependencies,
  byId: ReadonlyMap<string, CargoPackage>,
): Map<string, string[]> {
  const isMember = new Set(members.map((each) => each.id));
  return new Map(
    members.map(({ id, name }) => {
      const built = (build.of.get(id) ?? []).filter((each) => isMember.has(each.id));
      return [name, [...new Set(built.flatMap((each) => byId.get(each.id)?.name ?? []))].sort()];
    }),
  );
}

/** How the platform names a dynamic library. */
export function libraryFile(target: string, platform: NodeJS.Platform): string {
  const name = target.replaceAll('-', '_');
  if (platform === 'win32') return `${name}.dll`;
  return platform === 'darwin' ? `lib${name}.dylib` : `lib${name}.so`;
}
