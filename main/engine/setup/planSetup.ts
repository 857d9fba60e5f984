import type { Refusal } from '../../../preload/contract.ts';
import { detectFamily, planFamily } from './family.ts';
import { planGeneric } from './generic.ts';
import { understand } from './sources.ts';
import type { SetupPlan, SourceFile } from './types.ts';

/**
 * What a workspace needs before its modules can be swapped, and the ways to get there. Pure.
 * @param files as `readSources` gives them.
 * @param refusals those of `readSources`: of a file that is among `files` too, that it must not be written.
 */
export function planSetup(files: readonly SourceFile[], refusals: readonly Refusal[]): SetupPlan {
  const sources = understand(files, refusals);
  const family = detectFamily(sources);
  return family !== null && sources.root !== null
    ? planFamily(sources, sources.root, family)
    : planGeneric(sources);
}
