import type { Workspace } from '../workspace/workspace.ts';
import { askCargo } from './proof.ts';

/** Would cargo build the modules of a workspace with this cfg? Null where it can't be asked. Builds nothing. */
export async function cfgInForce(
  { root, family, buildArguments, buildEnvironment }: Workspace,
  cfg: string,
): Promise<boolean | null> {
  const answer = await askCargo(root, buildArguments, buildEnvironment);
  if (!answer.ok || family === null) return null;
  const { crates, general } = answer.value;
  const modules = crates.filter((each) => family.modules.includes(each.package));
  if (modules.length === 0) return null;
  return modules.every(({ flags }) => hasCfg([...general, ...flags], cfg));
}

const hasCfg = (flags: readonly string[], cfg: string): boolean =>
  flags.some((flag, at) => flag === `--cfg=${cfg}` || (flag === '--cfg' && flags[at + 1] === cfg));
