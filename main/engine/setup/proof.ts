import type { Way } from '#shared/contract.ts';
import { askCargo, type InForce } from '../cargo/flagsInForce.ts';
import type { CrateInForce } from '../cargo/unitGraph.ts';
import type { Environment } from '../environment.ts';
import { modulesCfgAmong, modulesCfgFor } from '../families/families.ts';
import type { Result } from '../result.ts';
import { configAbove } from '../rust/cargoConfig.ts';
import { askingEnvironment, readToolchains } from '../rust/toolchains.ts';
import { inShadow } from './machine/shadow.ts';
import type { FileEdit, SetupPlan } from './types.ts';

export { askCargo, type InForce };

type PlanInShort = Pick<SetupPlan, 'kind' | 'modules' | 'steps'>;

/**
 * Has cargo itself say whether the flags of a way are in force, now or with its edits. Builds nothing and leaves the
 * workspace as it is; works on stable too. Null where cargo can't be asked; askCargo says why.
 * @param args the way's arguments, and whatever else `cargo build` gets.
 * @param plan names the libraries that are to be dynamic; without it, it is those that are.
 * @param edits what would be in the files: cargo is asked in a folder that looks like the workspace with them.
 */
export async function proveWay(
  root: string,
  args: readonly string[],
  env: Environment,
  plan: PlanInShort | null = null,
  edits: readonly FileEdit[] = [],
): Promise<Way['proof']> {
  if (edits.length === 0) return proofOfAnswer(await askCargo(root, args, env), plan);
  // What decides on the toolchain, and on cargo's configuration, may lie in the folders above.
  const toolchains = await readToolchains(root, env);
  const asking = askingEnvironment(env, toolchains);
  if (asking === null) return null;
  const above = await configAbove(root);
  const outer = above.flatMap((file) => ['--config', file]);
  try {
    return await inShadow(root, edits, plan?.steps.map(({ file }) => file) ?? [], async (shadow) =>
      proofOfAnswer(await askCargo(shadow, [...outer, ...args], asking, toolchains), plan),
    );
  } catch {
    // No room for a temporary folder, say: then there is no proof.
    return null;
  }
}

const proofOfAnswer = (answer: Result<InForce>, plan: PlanInShort | null): Way['proof'] =>
  answer.ok ? proofOf(answer.value, plan) : null;

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

/** The cfg that makes servers of a family modular: `conduwuit_mods`, `tuwunel_mods`. */
function wantedCfg(flags: readonly string[], plan: PlanInShort | null): string | null {
  const given = modulesCfgAmong(flags);
  return given !== null || plan?.kind !== 'family' ? given : modulesCfgFor(plan.modules[0]);
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
