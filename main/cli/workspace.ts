import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ModuleGraph } from '../../preload/contract.ts';
import { type Result, success } from '../engine/result.ts';
import { openWorkspace } from '../engine/workspace/open.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';
import { readWorkspaceGraph } from '../engine/workspace/workspaceGraph.ts';

/** Reads a workspace for a command that needs no server. */
export async function loadWorkspace(
  path: string,
): Promise<Result<{ workspace: Workspace; graph: ModuleGraph }>> {
  const root = resolve(path);
  const workspace = await openWorkspace(await realpath(root).catch(() => root), process.env);
  if (!workspace.ok) return workspace;
  const graph = readWorkspaceGraph(workspace.value);
  return graph.ok ? success({ workspace: workspace.value, graph: graph.value }) : graph;
}
