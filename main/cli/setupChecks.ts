import type { Check } from '#shared/contract.ts';
import type { Result } from '../engine/result.ts';
import { runChecks } from '../engine/setup/checks/runChecks.ts';
import { look } from '../engine/setup/look.ts';
import type { SetupChoices } from '../engine/workspace/choices.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';

/**
 * The checks of a workspace's setup, as the window shows them; also of one that can't be opened.
 * @param opened the workspace, or why it can't be opened.
 */
export const setupChecks = async (
  root: string,
  choices: SetupChoices,
  opened: Result<Workspace>,
): Promise<Check[]> => runChecks(await look({ root, env: process.env, choices, opened }));
