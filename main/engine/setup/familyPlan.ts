import { recipeFor } from '../families/families.ts';
import { enableCargoFeature } from './manifest/cargoFeatures.ts';
import { commentedArrays } from './manifest/commented.ts';
import { enableDynamic, offersDynamic } from './manifest/crateType.ts';
import { type Manifest, sectionOf } from './manifest/manifest.ts';
import { enableProfileFlags } from './manifest/profileFlags.ts';
import { quote, quoteAll, stringList, tableOf, valueAt } from './manifest/values.ts';
import { bottomUp, type Member } from './members.ts';
import type { Sources } from './sources.ts';
import type { SetupPlan } from './types.ts';
import { stepOf, type Wanted, wayOf } from './ways.ts';

/** How the workspace's crates are named, and what its manifests have to hold. */
export type Family = NonNullable<ReturnType<typeof recipeFor>>;

const DEV = ['profile', 'dev'];

/** Is a workspace of a family, or made in the way of one? Its names say so, or the flags that stand in its manifest. */
export const detectFamily = ({ root, members }: Sources): Family | null =>
  root === null ? null : recipeFor(new Set(members.keys()), flagsIn(root, DEV));

/** The flags of a profile table, in force or commented out. */
function flagsIn(root: Manifest, path: readonly string[]): string[] {
  const section = sectionOf(root, path);
  const commented = section === null ? [] : commentedArrays(root, 'rustflags', section.start, section.end);
  return [
    ...stringList(valueAt(root.values, [...path, 'rustflags'])),
    ...commented.flatMap((each) => each?.strings ?? []),
  ];
}

/** What is left to do in a workspace of a family. */
export function planFamily(sources: Sources, root: Manifest, family: Family): SetupPlan {
  const { recipe } = family;
  const flags = sectionsOf(root, sources, family);
  const feature: Wanted = {
    id: 'cargo-features',
    title: `cargo may use the rustflags of profiles`,
    manifest: root,
    outcome: enableCargoFeature(root, recipe.cargoFeature),
  };
  const crates = cratesOf(sources, family).map(
    ({ name, manifest }): Wanted => ({
      id: `crate-type:${name}`,
      title: `${name} is a dynamic library`,
      manifest,
      outcome: enableDynamic(manifest),
    }),
  );
  const refused = flags.flatMap(({ manifest, outcome }) =>
    outcome.state === 'refused' ? [{ file: manifest.file, failure: outcome.failure }] : [],
  );
  const given = refused.length > 0 ? [] : argumentsFor(flags, feature);
  const byArguments = wayOf('flags', given, crates, sources, refused);
  const byEdits = wayOf('edits', [], [feature, ...flags, ...crates], sources);
  return {
    kind: 'family',
    steps: [feature, ...flags, ...crates].map(stepOf),
    ways:
      byArguments.refusals.length > byEdits.refusals.length ? [byEdits, byArguments] : [byArguments, byEdits],
    toolchain: recipe.toolchain,
    modules: modulesOf(sources, family),
  };
}

/** What cargo is told instead of what the manifest would say: the very flags that stand there. */
function argumentsFor(flags: readonly Wanted[], feature: Wanted): string[] {
  const settings = flags.flatMap(({ outcome }) => {
    if (outcome.state !== 'missing' && outcome.state !== 'partly') return [];
    const { path, value } = outcome.change;
    const key = path.map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : quote(part))).join('.');
    return ['--config', `${key}=${quoteAll(stringList(value))}`];
  });
  // Flags that are in force in the manifest already need it as well.
  if (settings.length === 0 && (feature.outcome.state === 'done' || flags.length === 0)) return [];
  return ['-Zprofile-rustflags', ...settings];
}

function sectionsOf(root: Manifest, { members }: Sources, { names, recipe }: Family): Wanted[] {
  const packages = [...DEV, 'package'];
  const pathOf = (id: string): string[] => (id === 'dev' ? DEV : [...packages, id]);
  const sections = recipe.tables.map(({ id, package: name, flags, suffices }) => ({
    id,
    path: pathOf(id),
    flags,
    suffices,
    there: name === null || members.has(name),
  }));
  // Of a package that is none of these the manifest itself is all that is known, such as rust-rocksdb-uwu's of 2024.
  const ids = new Set(sections.map(({ id }) => id));
  const others = Object.keys(tableOf(valueAt(root.values, packages)))
    .filter((id) => !ids.has(id) && recipe.reloads(flagsIn(root, pathOf(id))))
    .map((id) => ({ id, path: pathOf(id), flags: null, suffices: recipe.reloads, there: false }));
  return [...sections, ...others]
    .filter(
      ({ path, there }) => (names.known && there) || flagsIn(root, path).length > 0 || unclear(root, path),
    )
    .map(({ id, path, flags, suffices }) => ({
      id: `flags:${id}`,
      title: id === '*' ? 'flags of third-party crates' : `flags of ${id === 'dev' ? 'the dev profile' : id}`,
      manifest: root,
      outcome: enableProfileFlags(root, {
        path,
        known: names.known ? flags : null,
        suffices,
        optional: recipe.isOptional,
      }),
    }));
}

function unclear(root: Manifest, path: readonly string[]): boolean {
  const section = sectionOf(root, path);
  return section !== null && commentedArrays(root, 'rustflags', section.start, section.end).includes(null);
}

/** The crates that have to be dynamic: those that every server of the family has, and those that say so themselves. */
function cratesOf({ members }: Sources, { names, recipe }: Family): Member[] {
  const always = new Set([...recipe.modules, recipe.core]);
  return [...members.values()].filter(
    ({ name, library, manifest }) =>
      (library === 'dynamic' && name.startsWith(names.prefix)) ||
      (library !== 'none' && always.has(name)) ||
      (library === 'static' && offersDynamic(manifest)),
  );
}

function modulesOf(sources: Sources, family: Family): string[] {
  const { modules, core } = family.recipe;
  if (modules.every((name) => sources.members.has(name))) return modules;
  const names = cratesOf(sources, family).map(({ name }) => name);
  return bottomUp(names, sources.members).filter((name) => name !== core);
}
