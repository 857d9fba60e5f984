import { FLAG, preferDynamic, preferDynamicArguments } from './manifest/buildFlags.ts';
import { enableDynamic, offersDynamic } from './manifest/crateType.ts';
import { type Manifest, readManifest } from './manifest/manifest.ts';
import { bottomUp, type Member } from './members.ts';
import type { Sources } from './sources.ts';
import type { SetupPlan } from './types.ts';
import { stepOf, type Wanted, wayOf } from './ways.ts';

/** What is left to do in a workspace that is not of the family. */
export function planGeneric(sources: Sources): SetupPlan {
  const members = candidates(sources);
  const crates = members.map(
    ({ name, manifest }): Wanted => ({
      id: `crate-type:${name}`,
      title: `${name} is a dynamic library`,
      manifest,
      outcome: enableDynamic(manifest),
    }),
  );
  const config = sources.config ?? emptyConfig(sources);
  const modules = bottomUp(
    members.map(({ name }) => name),
    sources.members,
  );
  const plan = { kind: 'generic', toolchain: null, modules } as const;
  if (config === null || (crates.length === 0 && sources.unread.length === 0)) {
    return { ...plan, steps: crates.map(stepOf), ways: [] };
  }
  const flag: Wanted = {
    id: 'prefer-dynamic',
    title: `libraries are shared, not copied into each other (${FLAG})`,
    manifest: config,
    outcome: preferDynamic(config),
  };
  const given = preferDynamicArguments(sources.config);
  const refusals = given.ok ? [] : [{ file: config.file, failure: given.failure }];
  const byArguments = wayOf('flags', given.ok ? given.value : [], crates, sources, refusals);
  const broken = sources.unread.some(({ file }) => file === sources.configFile);
  const byEdits = wayOf('edits', [], broken ? crates : [flag, ...crates], sources);
  return { ...plan, steps: [flag, ...crates].map(stepOf), ways: [byArguments, byEdits] };
}

function emptyConfig({ configFile }: Sources): Manifest | null {
  const empty = readManifest(configFile, Buffer.alloc(0));
  return empty.ok ? empty.value : null;
}

/**
 * The libraries that the program may open while it runs: those that hotdeck.json names; or those that say themselves
 * that they are or could be dynamic; or all that don't belong to a program. And what they are linked to, so that each
 * is there once.
 */
function candidates({ members, named }: Sources): Member[] {
  const libraries = [...members.values()].filter(
    ({ library }) => library === 'static' || library === 'dynamic',
  );
  const willing = libraries.filter(
    ({ library, manifest }) => library === 'dynamic' || offersDynamic(manifest),
  );
  const free = libraries.filter(({ program }) => !program);
  const wanted = new Set(named ?? (willing.length > 0 ? willing : free).map(({ name }) => name));
  for (const name of wanted) for (const need of members.get(name)?.needs ?? []) wanted.add(need);
  return libraries.filter(({ name }) => wanted.has(name));
}
