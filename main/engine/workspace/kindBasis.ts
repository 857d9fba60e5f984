import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import type { CargoMetadata } from '../cargo/metadata/cargoMetadata.ts';
import type { Packages, Program } from '../cargo/packages/packages.ts';
import type { FamilyModules } from '../families/family.ts';
import type { Helper, KindFacts } from './kind.ts';

/** What the manifests say of a workspace's kind: all of it but for what lies in built files. */
export interface KindBasis
  extends Pick<KindFacts, 'family' | 'reloaders' | 'openers' | 'stable' | 'between'> {
  program: string;
  libraries: { name: string; type: 'dylib' | 'cdylib' }[];
  preferDynamic: string | null;
  /** Crates that watch files, such as notify. */
  watchers: readonly Helper[];
}

/** Crates that watch a library, and open a new one by themselves. */
export const RELOADERS: ReadonlySet<string> = new Set([
  'hot-lib-reloader',
  'dexterous_developer',
  'dynamic_reload',
  'code_reload',
]);
const OPENERS: ReadonlySet<string> = new Set(['libloading', 'dlopen', 'dlopen2', 'sharedlib']);
const WATCHERS: ReadonlySet<string> = new Set([
  'notify',
  'notify-debouncer-mini',
  'notify-debouncer-full',
  'hotwatch',
  'inotify',
]);
const STABLE: ReadonlySet<string> = new Set(['abi_stable', 'stabby']);

interface Definition {
  metadata: CargoMetadata;
  packages: Packages;
  program: Program;
  family: FamilyModules | null;
  /** Where `-Cprefer-dynamic` is set; null where it is not. */
  preferDynamic: string | null;
}

/** Reads what cargo says of the members. Pure. */
export function readKindBasis({ metadata, packages, program, family, preferDynamic }: Definition): KindBasis {
  const members = new Set(metadata.workspace_members);
  const own = metadata.packages.filter(({ id }) => members.has(id));
  const helpers = (crates: ReadonlySet<string>): Helper[] =>
    own.flatMap(({ name, dependencies }) =>
      dependencies.flatMap(({ name: crate, kind }) =>
        (kind === null || kind === 'normal') && crates.has(crate) ? [{ crate, by: name }] : [],
      ),
    );
  return {
    family: family === null ? null : program.package,
    program: program.node,
    reloaders: helpers(RELOADERS),
    openers: helpers(OPENERS),
    stable: helpers(STABLE),
    watchers: helpers(WATCHERS),
    libraries: packages.libraries.map(({ package: name, crateTypes }) => ({
      name,
      type: crateTypes.includes('dylib') ? 'dylib' : 'cdylib',
    })),
    between: packages.libraries.flatMap(({ package: below, crateTypes }) => {
      // A crate that is an rlib too is copied into each of them.
      if (!crateTypes.every((type) => type === 'dylib')) return [];
      const users = [...packages.needs].flatMap(([name, { libraries }]) =>
        libraries.includes(below) ? [name] : [],
      );
      return users.length < 2 ? [] : [{ below, users }];
    }),
    preferDynamic,
  };
}

/** How a program is told to reload: the feature of it that turns a reloading crate on. */
export interface ReloadFeature {
  feature: string;
  crate: string;
  /** Why: a sentence. */
  reason: string;
}

/**
 * The feature without which a program is built in one piece: the one that turns an optional reloading crate on. Null where
 * there is none, or it is on by default. Pure.
 */
export function reloadFeatureOf(metadata: CargoMetadata, program: Program): ReloadFeature | null {
  const found = metadata.packages.find(({ name }) => name === program.package);
  const optional = (found?.dependencies ?? []).find(({ name, optional: is }) => is && RELOADERS.has(name));
  if (found === undefined || optional === undefined) return null;
  const crate = optional.name;
  const turnsOn = (each: string): boolean =>
    each === crate || each === `dep:${crate}` || each.startsWith(`${crate}/`);
  const named = Object.entries(found.features).filter(
    ([feature, enabled]) => feature !== 'default' && enabled.some(turnsOn),
  );
  const all = named.map(([feature]) => feature);
  if (all.some((feature) => program.defaults.includes(feature))) return null;
  const feature = all.find((each) => each !== crate) ?? all[0];
  if (feature === undefined) return null;
  const others = all.filter((each) => each !== feature);
  const more = others.length === 0 ? '' : ` (so ${plural(others.length, 'does', 'do')} ${list(others)})`;
  return { feature, crate, reason: `The feature ${feature} turns ${crate} on${more}.` };
}
