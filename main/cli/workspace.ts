import type { ModuleGraph } from '../../preload/contract.ts';
import { type Result, success } from '../engine/result.ts';
import { NO_CHOICES } from '../engine/setup/choices.ts';
import type { SetupChoices } from '../engine/setup/types.ts';
import { locateWorkspace } from '../engine/workspace/locate.ts';
import { openWorkspace } from '../engine/workspace/open.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';
import { readWorkspaceGraph } from '../engine/workspace/workspaceGraph.ts';

/**
 * The workspace of a path that was given, absolute and without links; what is not there stays as it was given. Where that is
 * another folder (of a member, the whole workspace), stderr says so.
 */
export async function realRoot(path: string): Promise<string> {
  const { root, remark } = await locateWorkspace(path, process.env);
  if (remark !== null) process.stderr.write(`${remark.message}\n`);
  return root;
}

/**
 * Reads a workspace for a command that needs no server.
 * @param choices what was chosen for it in the set-up.
 */
export async function loadWorkspace(
  path: string,
  choices: SetupChoices = NO_CHOICES,
): Promise<Result<{ workspace: Workspace; graph: ModuleGraph }>> {
  const workspace = await openWorkspace(await realRoot(path), process.env, choices);
  if (!workspace.ok) return workspace;
  const graph = readWorkspaceGraph(workspace.value);
  return graph.ok ? success({ workspace: workspace.value, graph: graph.value }) : graph;
}
