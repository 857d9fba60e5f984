import { featureArguments } from '../../rust/featureArguments.ts';
import type { CargoMetadata, CargoPackage, DeclaredDependency } from './cargoMetadata.ts';
import { selectionOf } from './metadataArguments.ts';

/** A dependency that is part of a build. */
export interface Dependency {
  /** cargo's package id, or `crate:NAME` where nothing was resolved. */
  id: string;
  /** Name of the package. */
  name: string;
  kind: 'normal' | 'build';
}

/** What a build is made of: packages, and which of their declared dependencies are in it. */
export interface BuildDependencies {
  /** By package id, for every package of the build. */
  of: ReadonlyMap<string, readonly Dependency[]>;
  /** The features that each package is built with, by package id. */
  features: ReadonlyMap<string, ReadonlySet<string>>;
  /** Members that the build selects, by package id. */
  selected: ReadonlySet<string>;
  /** Is there an optional dependency that is on, and that cargo was not asked to resolve? */
  isIncomplete: boolean;
}

interface Options {
  /** Those of `cargo build`: they select packages and features. */
  arguments: readonly string[];
  /** Take all members for selected, whatever the arguments say. */
  allMembers?: boolean;
  /** Does this `target` of a declared dependency hold for the build? What cargo resolved went by it already. */
  holds?(target: string): boolean;
}

/**
 * Which dependencies a build has, with its features: those that are not optional, and the optional ones that a feature of
 * the build turns on. What only tests use is in no build. Goes by cargo's rules for features
 * (https://doc.rust-lang.org/cargo/reference/features.html): they add up over everything that is selected. Pure.
 */
export function buildDependencies(metadata: CargoMetadata, options: Options): BuildDependencies {
  const packages = new Map(metadata.packages.map((each) => [each.id, each]));
  const resolver = new Resolver(packages, resolvedIn(metadata, packages, options.holds));
  const selected = selectedMembers(metadata, packages, options);
  for (const id of selected) resolver.activate(id, []);
  const { names, all, defaults } = featureArguments(options.arguments);
  for (const id of selected) {
    const features = packages.get(id)?.features ?? {};
    const own = all ? Object.keys(features) : names.filter((name) => !name.includes('/'));
    resolver.activate(id, [...(defaults ? ['default'] : []), ...own]);
  }
  for (const name of all ? [] : names) {
    const [of = '', feature] = name.split('/');
    if (feature === undefined) continue;
    const member = metadata.workspace_members.find((id) => packages.get(id)?.name === of);
    if (member !== undefined && selected.has(member)) resolver.activate(member, [feature]);
    // `dependency/feature`: of whichever selected package has that dependency.
    else for (const id of selected) resolver.forward(id, of, feature, false);
  }
  return { ...resolver.result(), selected };
}

function selectedMembers(
  metadata: CargoMetadata,
  packages: ReadonlyMap<string, CargoPackage>,
  options: Options,
): Set<string> {
  const members = metadata.workspace_members;
  if (options.allMembers === true) return new Set(members);
  const { all, names, excluded } = selectionOf(options.arguments);
  const named = (id: string, list: readonly string[]): boolean =>
    list.some((pattern) => matches(pattern, packages.get(id)?.name ?? ''));
  if (all) return new Set(members.filter((id) => !named(id, excluded)));
  if (names.length > 0) return new Set(members.filter((id) => named(id, names)));
  return new Set(metadata.workspace_default_members ?? members);
}

/** cargo takes `*`, `?` and `[…]` in package names; the first two are all that names give a use for. */
const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[^\w*?-]/g, '')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);

type Resolved = (from: CargoPackage, declared: DeclaredDependency) => string | null;

const snake = (name: string): string => name.replaceAll('-', '_');

/** Finds the package that a declared dependency came to; null where cargo resolved none, or it is for another platform. */
function resolvedIn(
  metadata: CargoMetadata,
  packages: ReadonlyMap<string, CargoPackage>,
  holds: (target: string) => boolean = () => true,
): Resolved {
  const nodes =
    metadata.resolve === null ? null : new Map(metadata.resolve.nodes.map((each) => [each.id, each.deps]));
  const byFolder = new Map(
    metadata.packages.map((each) => [each.manifest_path.replace(/\/Cargo\.toml$/, ''), each.id]),
  );
  return (from, declared) => {
    if (nodes === null) {
      if (declared.target !== null && !holds(declared.target)) return null;
      return byFolder.get(declared.path ?? '') ?? `crate:${declared.name}`;
    }
    const found = nodes.get(from.id)?.find((each) => {
      const to = packages.get(each.pkg);
      const called = snake(declared.rename ?? libraryNameOf(to) ?? declared.name);
      const isSame = to?.name === declared.name && snake(each.name) === called;
      return (
        isSame &&
        each.dep_kinds.some((kind) => kind.kind === declared.kind && kind.target === declared.target)
      );
    });
    return found?.pkg ?? null;
  };
}

const LIBRARY_KINDS = new Set(['lib', 'rlib', 'dylib', 'cdylib', 'staticlib', 'proc-macro']);

/** The library target of a package; those of examples are none. */
export const libraryTarget = (found: CargoPackage | undefined): CargoPackage['targets'][number] | undefined =>
  found?.targets.find(({ kind }) => kind.some((each) => LIBRARY_KINDS.has(each)));

/** Procedural macros run in the compiler. */
export const isMacro = (found: CargoPackage | undefined): boolean =>
  libraryTarget(found)?.kind.includes('proc-macro') === true;

const libraryNameOf = (found: CargoPackage | undefined): string | undefined => libraryTarget(found)?.name;

/** Turns features on until nothing new comes of it. */
class Resolver {
  readonly #packages: ReadonlyMap<string, CargoPackage>;
  readonly #resolved: Resolved;
  readonly #features = new Map<string, Set<string>>();
  /** Optional dependencies that are on, by package id: by the name that the package has for them. */
  readonly #optional = new Map<string, Set<string>>();
  /** `dependency?/feature`: waits until the dependency is on. */
  readonly #waiting = new Map<string, [string, string][]>();
  #isIncomplete = false;

  constructor(packages: ReadonlyMap<string, CargoPackage>, resolved: Resolved) {
    this.#packages = packages;
    this.#resolved = resolved;
  }

  /** Makes a package part of the build, with these of its features that it has. */
  activate(id: string, features: Iterable<string>): void {
    const found = this.#packages.get(id);
    const isNew = !this.#features.has(id);
    const on = this.#features.get(id) ?? new Set<string>();
    this.#features.set(id, on);
    if (found === undefined) return;
    if (isNew)
      for (const declared of found.dependencies) if (!declared.optional) this.#follow(found, declared);
    for (const feature of features) {
      const brought = found.features[feature];
      if (brought === undefined || on.has(feature)) continue;
      on.add(feature);
      for (const each of brought) this.#turnOn(found, each);
    }
  }

  /** A value of a feature: another feature, `dep:name`, `name/feature` or `name?/feature`. */
  #turnOn(found: CargoPackage, value: string): void {
    const [name = '', feature] = value.split('/');
    if (value.startsWith('dep:')) this.#switch(found, value.slice(4));
    else if (feature === undefined) this.activate(found.id, [name]);
    else if (name.endsWith('?')) this.forward(found.id, name.slice(0, -1), feature, true);
    else {
      // An optional dependency without `dep:` has a feature of its name.
      if (found.features[name]?.includes(`dep:${name}`) === true) this.activate(found.id, [name]);
      this.#switch(found, name);
      this.forward(found.id, name, feature, false);
    }
  }

  /** Turns a feature on of what a package calls by this name. @param isWeak only where that is part of the build anyway. */
  forward(id: string, called: string, feature: string, isWeak: boolean): void {
    const found = this.#packages.get(id);
    for (const declared of found?.dependencies ?? []) {
      if (found === undefined || nameOf(declared) !== called || declared.kind !== null) continue;
      if (declared.optional && this.#optional.get(id)?.has(called) !== true) {
        if (isWeak) this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), [called, feature]]);
        continue;
      }
      const to = this.#resolved(found, declared);
      if (to !== null) this.activate(to, [feature]);
    }
  }

  /** Turns an optional dependency on. */
  #switch(found: CargoPackage, called: string): void {
    const on = this.#optional.get(found.id) ?? new Set<string>();
    this.#optional.set(found.id, on);
    if (on.has(called)) return;
    on.add(called);
    for (const declared of found.dependencies) {
      if (declared.optional && nameOf(declared) === called) this.#follow(found, declared);
    }
    for (const [name, feature] of this.#waiting.get(found.id) ?? []) {
      if (name === called) this.forward(found.id, name, feature, true);
    }
  }

  /** Build scripts and macros have features of their own (resolver 2), and nothing of them is in what is linked. */
  #follow(found: CargoPackage, declared: DeclaredDependency): void {
    if (declared.kind !== null) return;
    const to = this.#resolved(found, declared);
    if (to === null) {
      if (declared.optional && declared.target === null) this.#isIncomplete = true;
      return;
    }
    if (isMacro(this.#packages.get(to))) return;
    this.activate(to, [...(declared.uses_default_features ? ['default'] : []), ...declared.features]);
  }

  result(): Omit<BuildDependencies, 'selected'> {
    const of = new Map<string, Dependency[]>();
    for (const id of this.#features.keys()) {
      const found = this.#packages.get(id);
      const dependencies = (found?.dependencies ?? []).flatMap((declared): Dependency[] => {
        if (found === undefined || declared.kind === 'dev') return [];
        if (declared.optional && this.#optional.get(id)?.has(nameOf(declared)) !== true) return [];
        const to = this.#resolved(found, declared);
        if (to === null) return [];
        return [{ id: to, name: declared.name, kind: declared.kind === 'build' ? 'build' : 'normal' }];
      });
      of.set(id, dependencies);
    }
    return { of, features: this.#features, isIncomplete: this.#isIncomplete };
  }
}

const nameOf = ({ name, rename }: DeclaredDependency): string => rename ?? name;
