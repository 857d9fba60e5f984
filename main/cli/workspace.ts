import type { Failure, ModuleGraph } from '#shared/contract.ts';
import { RecordFile } from '../engine/building/recordFile.ts';
import { failed, type Result, success } from '../engine/result.ts';
import type { SetupChoices } from '../engine/workspace/choices.ts';
import { Choices, setupFolder } from '../engine/workspace/choices.ts';
import { SEVERAL_PROGRAMS } from '../engine/workspace/chooseProgram.ts';
import { listPrograms } from '../engine/workspace/listPrograms.ts';
import { locateWorkspace } from '../engine/workspace/locate.ts';
import { openWorkspace } from '../engine/workspace/open.ts';
import { placed } from '../engine/workspace/placed.ts';
import { rememberedProgram } from '../engine/workspace/rememberedProgram.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';
import { readWorkspaceGraph } from '../engine/workspace/workspaceGraph.ts';
import { workspaceId } from '../engine/workspace/workspaceId.ts';

/**
 * The workspace of a path that was given, absolute and without links; what is not there stays as it was given. Where that is
 * another folder (of a member, the whole workspace), stderr says so.
 */
export async function realRoot(path: string): Promise<string> {
  const { root, remark } = await locateWorkspace(path, process.env);
  if (remark !== null) process.stderr.write(`${remark.message}\n`);
  return root;
}

/** What a command is told about the workspace beside its path. */
export interface Told {
  /** The app's data folder: what was chosen for the workspace, and where cargo put what it built, are kept there. */
  data: string;
  /** The program that is the server, by its name or by `PACKAGE/NAME`; null for the one that was chosen or is found. */
  program: string | null;
}

interface Loaded {
  workspace: Workspace;
  graph: ModuleGraph;
}

/**
 * Reads a workspace for a command that needs no server.
 * @returns also what was chosen for it, whether it could be read or not.
 */
export async function loadWorkspace(
  path: string,
  { data, program }: Told,
): Promise<{ root: string; choices: SetupChoices; loaded: Result<Loaded> }> {
  const root = await realRoot(path);
  const { current } = await Choices.load(setupFolder(data, root));
  const chosen = program === null ? success(current) : await choose(root, program, current);
  if (!chosen.ok) return { root, choices: current, loaded: chosen };
  const choices = chosen.value;
  const [opened, made] = await Promise.all([
    openWorkspace(root, process.env, choices),
    new RecordFile(data, workspaceId(root)).read(),
  ]);
  if (!opened.ok) return { root, choices, loaded: { ok: false, failure: forTerminal(opened.failure) } };
  const { places, buildSystem } = opened.value;
  const known = made?.key === places.key ? made : await buildSystem.readEarlierBuild();
  const workspace = placed(opened.value, known);
  const graph = readWorkspaceGraph(workspace);
  return { root, choices, loaded: graph.ok ? success({ workspace, graph: graph.value }) : graph };
}

/** The choices with another program, for this run alone. Errors: those of listPrograms; there is no such program. */
async function choose(root: string, name: string, choices: SetupChoices): Promise<Result<SetupChoices>> {
  const programs = await listPrograms(root, process.env, { ...choices, program: null });
  if (!programs.ok) return programs;
  const matching = programs.value.filter((each) =>
    [each.binary, `${each.package}/${each.binary}`].includes(name),
  );
  const [only] = matching;
  if (only !== undefined && matching.length === 1) {
    return success({ ...choices, program: await rememberedProgram(root, only, null) });
  }
  const all = programs.value.map((each) => `${each.package}/${each.binary}`).join(', ');
  return failed(
    'unknown-program',
    `${matching.length === 0 ? 'No program' : 'More than one program'} of this workspace is called ${name}.`,
    programs.value.length === 0 ? null : `The programs are: ${all}.`,
  );
}

const forTerminal = (failure: Failure): Failure =>
  failure.kind === SEVERAL_PROGRAMS
    ? {
        ...failure,
        remedy: 'Name the server with --program NAME, or choose it in the window, which remembers it.',
      }
    : failure;
