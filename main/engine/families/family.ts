import type { Newness, ReloadBy, Rule, Signal } from '#shared/contract.ts';
import type { LogFact, LogStatement } from './logEvent.ts';

/** A family of servers: those of one origin, of which is known how they are built, run, and what they log. Pure. */
export interface ServerFamily {
  readonly name: 'conduwuit';
  /** How its servers are run and reload, where the user says nothing else. */
  readonly behavior: FamilyBehavior;
  /** The modules of a workspace of this family, whether they are dynamic libraries yet or not; null for any other workspace. */
  modulesIn(packages: Names, programs: readonly { features: readonly string[] }[]): FamilyModules | null;
  readonly setup: FamilySetup;
  readonly source: FamilySource;
  readonly log: FamilyLog;
}

/** A set of package names. */
export interface Names {
  has(name: string): boolean;
}

/** How servers are run, and how they reload. */
export interface FamilyBehavior {
  rule: Rule;
  /** By what they tell that a library is new; null where that is not known. */
  newness: Newness | null;
  reload: ReloadBy;
  shutdown: Signal;
  /** The line by which they say that they serve, a regular expression; null: the common phrasings. */
  ready: string | null;
}

/** What the modules of a server are, and what they take. */
export interface FamilyModules {
  /** The cfg without which the program is linked in one piece, and the cargo feature without which the cfg is none. */
  mods: string;
  /** Has the program that feature? */
  hasFeature: boolean;
  /** Packages of the modules, bottom-up. */
  modules: string[];
}

/** How its manifests are set up for modules. */
export interface FamilySetup {
  /**
   * Tells how the crates of a workspace are named, if it is of this family or made in its way.
   * @param flags those of its dev profile, in force or commented out.
   */
  namesIn(packages: ReadonlySet<string>, flags: readonly string[]): FamilyNames | null;
  /** What has to be in the manifests of a workspace with such names. */
  recipe(names: FamilyNames): SetupRecipe;
  /** The cfg that makes its servers modular, if it is among these flags of rustc. */
  cfgAmong(flags: readonly string[]): string | null;
  /** The cfg for a workspace with this module. */
  cfgFor(module: string | undefined): string;
}

export interface FamilyNames {
  /** `conduwuit_`: what the names of its crates begin with. */
  prefix: string;
  /** The flags of its manifests are known, so that missing ones can be put in. */
  known: boolean;
}

export interface SetupRecipe {
  /** What cargo needs to take flags from profiles. */
  cargoFeature: string;
  toolchain: 'nightly';
  /** The tables of flags, in order. */
  tables: FlagTable[];
  /** Are these flags of a table that isn't among them those of a build that reloads? */
  reloads(flags: readonly string[]): boolean;
  /** A flag that may stay commented out. */
  isOptional(flag: string): boolean;
  /** Packages of the modules, bottom-up. */
  modules: string[];
  /** The package that is linked to the program. */
  core: string;
}

/** The flags of the dev profile, or of a package in it. */
interface FlagTable {
  /** `dev`, a package, or `*` for all crates from elsewhere. */
  id: string;
  /** The package that has to be there; null: none. */
  package: string | null;
  flags: readonly string[];
  /** Are these the flags of a build that reloads? */
  suffices(flags: readonly string[]): boolean;
}

/** What is read in the server's own source and manifests. */
export interface FamilySource {
  /** The feature for modules among those of its program; null where there is none. */
  featureAmong(features: readonly string[]): string | null;
  /** Is the program's package in this folder, where nothing else tells? */
  isProgramFolder(folder: string): boolean;
  /** The modules that the source lists, as far as it lists any. */
  moduleNames(source: string): ModuleNames | null;
  /** Functions that are defined twice once modules are on. */
  doubleFunctions(source: string): DoubleFunction[];
}

export interface ModuleNames {
  /** In load order; `conditional`: only with some cfg. */
  loaded: { name: string; conditional: boolean }[];
  /** In the list, but commented out: those are linked, and so pinned. */
  commented: string[];
}

export interface DoubleFunction {
  name: string;
  /** Line numbers, from 1: the one that lacks a cfg, and the other. */
  line: number;
  other: number;
}

/** What its servers write into their log. */
export interface FamilyLog {
  /** Roots of the module paths that write it: each one's crates are called NAME or NAME_something. */
  readonly crates: readonly string[];
  /** Texts of which every line with a fact has one. */
  readonly words: readonly string[];
  /** What a line says, or null: most say nothing that matters here. */
  factOf(line: LogStatement): LogFact | null;
}
