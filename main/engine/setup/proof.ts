import type { Way } from '../../../preload/contract.ts';
import type { Environment } from '../environment.ts';
import { askCargo, type InForce } from './machine/inForce.ts';
import type { CrateInForce } from './machine/unitGraph.ts';
import type { SetupPlan } from './types.ts';

export { askCargo, type InForce };

type PlanInShort = Pick<SetupPlan, 'kind' | 'modules' | 'steps'>;

/**
 * Has cargo itself say whether the flags of a way are in force in the files as they are now. Builds nothing; works on
 * stable too. Null where cargo can't be asked; askCargo says why.
 * @param args the way's arguments, and whatever else `cargo build` gets.
 * @param plan names the libraries that are to be dynamic; without it, it is those that are.
 */
export async function proveWay(
  root: string,
  args: readonly string[],
  env: Environment,
  plan: PlanInShort | null = null,
): Promise<Way['proof']> {
  const answer = await askCargo(root, args, env);
  return answer.ok ? proofOf(answer.value, plan) : null;
}

/** What cargo's answer proves, in words. Pure. */
export function proofOf(
  { crates, general }: InForce,
  plan: PlanInShort | null = null,
): { holds: boolean; text: string } {
  const wanted = wantedLibraries(plan);
  const libraries = crates.filter((each) => each.dynamic || wanted.has(each.package));
  if (libraries.length === 0)
    return { holds: false, text: 'cargo builds no crate of this workspace as a dylib.' };
  const flagsOf = (crate: CrateInForce): string[] => spelled([...general, ...crate.flags]);
  const cfg = wantedCfg(libraries.flatMap(flagsOf), plan);
  const flags = [...(cfg === null ? [] : [cfg]), PREFER_DYNAMIC];
  const lacking = flags.map((flag) => ({
    flag,
    crates: libraries.filter((each) => !flagsOf(each).includes(flag)),
  }));
  const missing = lacking.filter((each) => each.crates.length > 0);
  if (missing.length > 0) {
    const parts = missing.map(({ flag, crates: without }) => `${countOf(without, libraries)} no ${flag}`);
    return { holds: false, text: `cargo gives ${parts.join(', and ')}.` };
  }
  const sentences = [
    `cargo gives ${libraries.length === 1 ? libraries[0]?.package : `all ${libraries.length} libraries`} ${flags.join(' and ')}`,
    ...libraries
      .filter((each) => flagsOf(each).includes(INITIAL_EXEC))
      .map((each) => `${each.package} gets ${INITIAL_EXEC}`),
  ];
  const still = libraries.filter((each) => !each.dynamic).length;
  const types = still === 0 ? '' : ` The crate type of ${still} of them is still to be changed.`;
  return { holds: true, text: `${sentences.join('; ')}.${types}` };
}

const PREFER_DYNAMIC = '-Cprefer-dynamic';
const INITIAL_EXEC = '-Ztls-model=initial-exec';

function countOf(some: readonly CrateInForce[], all: readonly CrateInForce[]): string {
  if (some.length === all.length)
    return some.length === 1 ? (some[0]?.package ?? '') : `the ${all.length} libraries`;
  return some.map((each) => each.package).join(', ');
}

/** The cfg that makes servers of the family modular: `conduwuit_mods`, `tuwunel_mods`. */
function wantedCfg(flags: readonly string[], plan: PlanInShort | null): string | null {
  const given = flags.find((flag) => /^--cfg \w+_mods$/.test(flag));
  if (given !== undefined || plan?.kind !== 'family') return given ?? null;
  const [first = 'conduwuit'] = plan.modules;
  return `--cfg ${first.replace(/[-_][^-_]*$/, '').replaceAll('-', '_')}_mods`;
}

/** Flags in one spelling: `-C prefer-dynamic=yes` is `-Cprefer-dynamic`, and `--cfg x` is one. */
export function spelled(flags: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [at, flag] of flags.entries()) {
    const before = flags[at - 1];
    if (before === '-C' || before === '-Z') joined.push(`${before}${flag}`);
    else if (before === '--cfg' || before === '--codegen')
      joined.push(`${before === '--cfg' ? '--cfg ' : '-C'}${flag}`);
    else if (flag.startsWith('--cfg=')) joined.push(`--cfg ${flag.slice(6)}`);
    else if (!/^(-C|-Z|--cfg|--codegen)$/.test(flag)) joined.push(flag.replace(/^--codegen=/, '-C'));
  }
  return joined.map((flag) => flag.replace(/^-Cprefer[-_]dynamic(=(y|yes|on|true))?$/, PREFER_DYNAMIC));
}

/** The packages that are dynamic libraries once the plan is carried out. */
const wantedLibraries = (plan: PlanInShort | null): ReadonlySet<string> =>
  new Set(plan?.steps.flatMap(({ id }) => /^crate-type:(.+)$/.exec(id)?.[1] ?? []));
