import type { Kind, Refusal } from '#shared/contract.ts';
import { RELOADERS } from '../workspace/kindBasis.ts';
import { detectFamily, planFamily } from './familyPlan.ts';
import { planGeneric } from './generic.ts';
import { bottomUp } from './members.ts';
import { type Sources, understand } from './sources.ts';
import type { SetupPlan, SourceFile } from './types.ts';

/**
 * What a workspace needs before its modules can be swapped, and the ways to get there. Pure.
 * @param files as `readSources` gives them.
 * @param refusals those of `readSources`: of a file that is among `files` too, that it must not be written.
 * @param kind what the workspace is; null where it can't be opened: then the manifests alone tell.
 */
export function planSetup(
  files: readonly SourceFile[],
  refusals: readonly Refusal[],
  kind: Kind | null = null,
): SetupPlan {
  const sources = understand(files, refusals);
  if (kind === null ? reloadsByItself(sources) : NEEDS_NOTHING.has(kind)) return planNothing(sources);
  const family = detectFamily(sources);
  return family !== null && sources.root !== null && kind !== 'shared-std'
    ? planFamily(sources, sources.root, family)
    : planGeneric(sources);
}

/** A library that is opened as it is needs no flags, no shared standard library and no other linker. */
const NEEDS_NOTHING: ReadonlySet<Kind> = new Set(['hot-lib-reloader', 'c-interface']);

const reloadsByItself = ({ members }: Sources): boolean =>
  [...members.values()].some(({ crates }) => crates.some((crate) => RELOADERS.has(crate)));

/** The plan of a workspace whose modules can be swapped as it is. */
function planNothing({ members }: Sources): SetupPlan {
  const dynamic = [...members.values()].filter(({ library }) => library === 'dynamic');
  const modules = bottomUp(
    dynamic.map(({ name }) => name),
    members,
  );
  return { kind: 'none', toolchain: null, steps: [], ways: [], modules };
}
