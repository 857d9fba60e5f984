import type { Check } from '../../preload/contract.ts';
import { userEnvironment } from '../engine/environment.ts';
import type { Result } from '../engine/result.ts';
import { runChecks } from '../engine/setup/checks/runChecks.ts';
import { planSetup } from '../engine/setup/planSetup.ts';
import { readSources } from '../engine/setup/readSources.ts';
import type { SetupChoices } from '../engine/setup/types.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';

/**
 * The checks of a workspace's set-up, as the window shows them; also of one that can't be opened.
 * @param opened the workspace, or why it can't be opened.
 */
export async function setupChecks(
  root: string,
  choices: SetupChoices,
  opened: Result<Workspace>,
): Promise<Check[]> {
  const { files, refusals } = await readSources(root);
  return runChecks({
    ...{ root, files, choices, env: userEnvironment(process.env), plan: planSetup(files, refusals) },
    workspace: opened.ok ? opened.value : null,
    failure: opened.ok ? null : opened.failure,
  });
}
