import type {
  Kind,
  KindFinding,
  Newness,
  ProgramChoice,
  ReloadBy,
  Rule,
  Setting,
  Signal,
} from '#shared/contract.ts';
import type { BuildSystem } from '../building/buildSystem.ts';
import type { Packages } from '../cargo/packages/packages.ts';
import type { PlacedLibrary, Places } from '../cargo/places.ts';
import type { Environment } from '../environment.ts';
import type { FamilyModules } from '../families/family.ts';
import type { HotModule } from './hotModules.ts';
import type { KindBasis, ReloadFeature } from './kindBasis.ts';
import type { MemberSources } from './leftOut.ts';
import type { Profile } from './profile.ts';
import type { Remark } from './remark.ts';

/** A workspace that was read: what it builds and how it is run. */
export interface Workspace {
  root: string;
  name: string;
  profile: Profile['name'];
  /** What its modules need so that they can be swapped. */
  kind: Kind;
  /** Where that comes from. */
  kindFinding: KindFinding;
  /** What its manifests say of it; the built files may say more after each build. */
  kindBasis: KindBasis;
  /** The libraries that the program opens by hot-lib-reloader's macro, as its source says. */
  hotModules: readonly HotModule[];
  /** The feature that has the program reload, where it is not on by default. */
  reloadFeature: ReloadFeature | null;
  /** Of the family: what its modules take. */
  family: FamilyModules | null;
  packages: Packages;
  /** Package names by cargo's package ids. */
  packageNames: ReadonlyMap<string, string>;
  /** `node` is its name in the graph: its package, unless that is the name of a library too. */
  program: {
    package: string;
    node: string;
    binary: string;
    kind: 'bin' | 'example';
    file: string;
    arguments: string[];
  };
  libraries: readonly PlacedLibrary[];
  /** The file of each node of the graph that is a library or the program, by the name of the node; absolute, whether it is there or not. */
  files: ReadonlyMap<string, string>;
  targetDirectory: string;
  /** Files that cargo reported in the last build with these settings. */
  made: readonly string[];
  /** Where cargo puts things by its configuration. */
  places: Places;
  /** What cargo's configuration files said when this was read, to see whether they say it still. */
  configured: string;
  /** Where cargo puts what it links, such as target/debug. */
  outputDirectory: string;
  rule: Rule;
  /** By what the server tells that a library is new. */
  newness: Newness;
  /** What makes it reload. */
  reload: ReloadBy;
  /** Bottom-up, where the user or the profile says so. */
  modules: { names: readonly string[]; from: Setting['from'] } | null;
  /** The signal that makes it shut down; `isSet`: the user says so. */
  shutdown: { signal: Signal; isSet: boolean };
  /** The line by which it says that it serves; null: the common phrasings (process/readyLine.ts). */
  ready: RegExp | null;
  /** When a reload is given up, in ms. */
  reloadTimeout: number;
  /** What builds it. */
  buildSystem: BuildSystem;
  buildArguments: readonly string[];
  /** Rust's own sources, where they would be if they are installed. */
  rustSources: string;
  editor: readonly string[] | null;
  /** The environment of cargo and of everything else that is the user's. */
  buildEnvironment: Environment;
  /** The server's: as `cargo run` would give it, and what hotdeck.json says. */
  serverEnvironment: Environment;
  /** What hotdeck.json adds to the server's environment. */
  variables: Environment;
  /** The environment that the server's is made from. */
  plainEnvironment: Environment;
  /** All of the above in words, and where each comes from. */
  settings: Setting[];
  /** What may be run instead, with the program that is run. */
  programs: readonly ProgramChoice[];
  /** Members that are built because they can be modules, though `cargo build` alone does not build them, by name. */
  added: readonly string[];
  /** What those are made from, and those that are left out because they failed; by name. */
  addedSources: ReadonlyMap<string, MemberSources>;
  /** Packages that `cargo build` alone builds, by name. */
  builtAnyway: ReadonlySet<string>;
  /** What the user should know about how it was read. */
  remarks: readonly Remark[];
}
