import { dirname } from 'node:path';
import type { CargoMetadata, CargoPackage } from './cargoMetadata.ts';

/** A workspace member whose library is a dynamic one: a node of the graph. */
export interface Library {
  package: string;
  /** File name of the library, such as `libdepot_api.so`. */
  file: string;
}

/** A program that the workspace builds. */
export interface Program {
  package: string;
  binary: string;
  defaultRun: boolean;
  features: string[];
  /** Those of them that are on by default. */
  defaults: string[];
}

export interface Packages {
  libraries: Library[];
  programs: Program[];
  /** Folder of each member, absolute. */
  folders: Map<string, string>;
  /**
   * For each library and program package: the libraries it needs, directly or by way of members that are linked in
   * whole (rlibs), and the third-party crates it names.
   */
  needs: Map<string, { libraries: string[]; crates: string[] }>;
  /** For each member: the libraries and programs that an edit of it changes by themselves. */
  owners: Map<string, string[]>;
  /** For each member: the members that have to be built before it, directly: by its manifest, whatever they are linked as. */
  links: Map<string, string[]>;
}

const isDynamic = (type: string): boolean => type === 'dylib' || type === 'cdylib';

/** What the graph needs to know, out of what cargo says. Pure. */
export function readPackages(metadata: CargoMetadata, platform: NodeJS.Platform): Packages {
  const byId = new Map(metadata.packages.map((each) => [each.id, each]));
  const members = new Set(metadata.workspace_members);
  const libraries: Library[] = [];
  const programs: Program[] = [];
  const folders = new Map<string, string>();
  for (const id of metadata.workspace_members) {
    const found = byId.get(id);
    if (found === undefined) continue;
    folders.set(found.name, dirname(found.manifest_path));
    const library = found.targets.find((target) => target.crate_types.some(isDynamic));
    if (library !== undefined) {
      libraries.push({ package: found.name, file: libraryFile(library.name, platform) });
    }
    for (const target of found.targets) {
      if (target.kind.includes('bin')) programs.push(programOf(found, target.name));
    }
  }
  const nodes = new Set([...libraries, ...programs].map((each) => each.package));
  const dynamic = new Set(libraries.map((each) => each.package));
  const direct = directDependencies(metadata, byId);
  const needs: Packages['needs'] = new Map();
  const owners = new Map<string, string[]>([...folders.keys()].map((member) => [member, []]));
  for (const node of nodes) {
    const reached = { libraries: new Set<string>(), crates: new Set<string>() };
    const inlined = new Set([node]);
    for (const current of inlined) {
      owners.get(current)?.push(node);
      for (const dependency of direct.get(current) ?? []) {
        if (!members.has(dependency.id)) reached.crates.add(dependency.name);
        else if (dynamic.has(dependency.name)) reached.libraries.add(dependency.name);
        else inlined.add(dependency.name);
      }
    }
    reached.libraries.delete(node);
    needs.set(node, { libraries: [...reached.libraries].sort(), crates: [...reached.crates].sort() });
  }
  return { libraries, programs, folders, needs, owners, links: linksBetween(metadata, byId) };
}

function programOf(found: CargoPackage, binary: string): Program {
  return {
    package: found.name,
    binary,
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

/** Normal dependencies only: what a build script or a test uses is not in the library. Macros aren't either. */
function directDependencies(
  metadata: CargoMetadata,
  byId: ReadonlyMap<string, CargoPackage>,
): Map<string, CargoPackage[]> {
  const direct = new Map<string, CargoPackage[]>();
  const members = new Set(metadata.workspace_members);
  for (const node of metadata.resolve.nodes) {
    const from = byId.get(node.id);
    if (from === undefined || !members.has(node.id)) continue;
    const targets: CargoPackage[] = [];
    for (const dependency of node.deps) {
      const to = byId.get(dependency.pkg);
      const normal = dependency.dep_kinds.some((each) => each.kind === null);
      const macros = to?.targets.some((target) => target.kind.includes('proc-macro')) ?? false;
      if (to !== undefined && normal && !(macros && !members.has(to.id))) targets.push(to);
    }
    direct.set(from.name, targets);
  }
  return direct;
}

/** What a test uses is not built. */
function linksBetween(
  metadata: CargoMetadata,
  byId: ReadonlyMap<string, CargoPackage>,
): Map<string, string[]> {
  const members = new Set(metadata.workspace_members);
  const links = new Map<string, string[]>();
  for (const { id, deps } of metadata.resolve.nodes) {
    const from = byId.get(id);
    if (from === undefined || !members.has(id)) continue;
    const built = deps.filter(
      ({ pkg, dep_kinds }) => members.has(pkg) && dep_kinds.some(({ kind }) => kind !== 'dev'),
    );
    links.set(from.name, built.flatMap(({ pkg }) => byId.get(pkg)?.name ?? []).sort());
  }
  return links;
}

/** How the platform names a dynamic library. */
export function libraryFile(target: string, platform: NodeJS.Platform): string {
  const name = target.replaceAll('-', '_');
  if (platform === 'win32') return `${name}.dll`;
  return platform === 'darwin' ? `lib${name}.dylib` : `lib${name}.so`;
}
