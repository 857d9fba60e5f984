import { familyFlags } from '../families/conduwuit/flags.ts';
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

export interface Family {
  /** `conduwuit_`: what the names of its crates begin with. */
  prefix: string;
  /** The flags of its manifests are known, so that missing ones can be put in. */
  known: boolean;
}

const MODULES = ['database', 'service', 'api', 'admin', 'router'];
const KNOWN_PREFIXES = ['conduwuit_', 'tuwunel_'];
const FEATURE = 'profile-rustflags';
const DEV = ['profile', 'dev'];
const MODS = /^(?:--cfg=)?([A-Za-z0-9_]+_)mods$/;

/** Is a workspace of the family, or made in its way? Its names say so, or the flags that stand in its manifest. */
export function detectFamily({ root, members }: Sources): Family | null {
  if (root === null) return null;
  for (const prefix of KNOWN_PREFIXES) {
    if (MODULES.every((name) => members.has(prefix + name))) return { prefix, known: true };
  }
  const prefix = flagsIn(root, DEV)
    .map((flag) => MODS.exec(flag)?.[1])
    .find((each) => each !== undefined);
  if (prefix === undefined || ![...members.keys()].some((name) => name.startsWith(prefix))) return null;
  return { prefix, known: KNOWN_PREFIXES.includes(prefix) };
}

/** The flags of a profile table, in force or commented out. */
function flagsIn(root: Manifest, path: readonly string[]): string[] {
  const section = sectionOf(root, path);
  const commented = section === null ? [] : commentedArrays(root, 'rustflags', section.start, section.end);
  return [
    ...stringList(valueAt(root.values, [...path, 'rustflags'])),
    ...commented.flatMap((each) => each?.strings ?? []),
  ];
}

/** What is left to do in a workspace of the family. */
export function planFamily(sources: Sources, root: Manifest, family: Family): SetupPlan {
  const flags = sectionsOf(root, sources, family);
  const feature: Wanted = {
    id: 'cargo-features',
    title: `cargo may use the rustflags of profiles`,
    manifest: root,
    outcome: enableCargoFeature(root, FEATURE),
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
    toolchain: 'nightly',
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

function sectionsOf(root: Manifest, { members }: Sources, { prefix, known }: Family): Wanted[] {
  const cfg = `${prefix}mods`;
  const all = familyFlags(cfg);
  const program = prefix.slice(0, -1);
  const core = `${prefix}core`;
  const reloads = (flags: readonly string[]): boolean =>
    flags.some((flag) => flag === cfg || flag === `--cfg=${cfg}`) && shares(flags);
  const packages = [...DEV, 'package'];
  const sections = [
    { id: 'dev', path: DEV, flags: all.dev, suffices: reloads, there: true },
    { id: core, path: [...packages, core], flags: all.core, suffices: reloads, there: members.has(core) },
    {
      id: program,
      path: [...packages, program],
      flags: all.program,
      suffices: reloads,
      there: members.has(program),
    },
    { id: '*', path: [...packages, '*'], flags: all.others, suffices: shares, there: true },
  ];
  // Of a package that is none of these the manifest itself is all that is known, such as rust-rocksdb-uwu's of 2024.
  const ids = new Set(sections.map(({ id }) => id));
  const others = Object.keys(tableOf(valueAt(root.values, packages)))
    .filter((id) => !ids.has(id) && reloads(flagsIn(root, [...packages, id])))
    .map((id) => ({ id, path: [...packages, id], flags: null, suffices: reloads, there: false }));
  return [...sections, ...others]
    .filter(({ path, there }) => (known && there) || flagsIn(root, path).length > 0 || unclear(root, path))
    .map(({ id, path, flags, suffices }) => ({
      id: `flags:${id}`,
      title: id === '*' ? 'flags of third-party crates' : `flags of ${id === 'dev' ? 'the dev profile' : id}`,
      manifest: root,
      outcome: enableProfileFlags(root, { path, known: known ? flags : null, suffices, optional }),
    }));
}

function unclear(root: Manifest, path: readonly string[]): boolean {
  const section = sectionOf(root, path);
  return section !== null && commentedArrays(root, 'rustflags', section.start, section.end).includes(null);
}

const shares = (flags: readonly string[]): boolean =>
  / -Cprefer[-_]dynamic(=(y|yes|on|true))? /.test(` ${flags.join(' ').replaceAll(/(^| )-C /g, '$1-C')} `);

/** They change how long a build takes and what it prints, not whether it reloads. */
const optional = (flag: string): boolean =>
  /^-Z ?(time-(llvm-)?passes|mir-opt-level|validate-mir)(=|$)/.test(flag);

/** The crates that have to be dynamic: those that every server of the family has, and those that say so themselves. */
function cratesOf({ members }: Sources, { prefix }: Family): Member[] {
  const always = new Set([...MODULES, 'core'].map((name) => prefix + name));
  return [...members.values()].filter(
    ({ name, library, manifest }) =>
      (library === 'dynamic' && name.startsWith(prefix)) ||
      (library !== 'none' && always.has(name)) ||
      (library === 'static' && offersDynamic(manifest)),
  );
}

function modulesOf(sources: Sources, family: Family): string[] {
  const all = MODULES.map((name) => family.prefix + name);
  if (all.every((name) => sources.members.has(name))) return all;
  const names = cratesOf(sources, family).map(({ name }) => name);
  return bottomUp(names, sources.members).filter((name) => name !== `${family.prefix}core`);
}
