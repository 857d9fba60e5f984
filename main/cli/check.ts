import { parseArgs } from 'node:util';
import type { Check, Failure, Finding, ModuleGraph } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { doubleFindings } from '../engine/cargo/doubles/doubles.ts';
import { ReloadInputs } from '../engine/foresight/reading/reloadInputs.ts';
import { CodeCache } from '../engine/process/codeCache.ts';
import { KnownBuilds } from '../engine/process/knownBuilds.ts';
import { messageOf, success } from '../engine/result.ts';
import { BuildMarks } from '../engine/session/modules/buildMarks.ts';
import { Inventory } from '../engine/session/modules/inventory.ts';
import { ModuleStates } from '../engine/session/modules/moduleStates.ts';
import { readDoubles } from '../engine/workspace/readDoubles.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';
import { workspaceId } from '../engine/workspace/workspaceId.ts';
import { checksText } from './checksText.ts';
import { findingText } from './findingText.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';
import { ownPen } from './pen.ts';
import { type PrintedPlan, planText } from './plan.ts';
import { checkProcess } from './process.ts';
import { setupChecks } from './setupChecks.ts';
import { TOLD_OPTIONS, toldOf } from './told.ts';
import { loadWorkspace, type Told } from './workspace.ts';

interface Arguments {
  path: string;
  pid: number | null;
  told: Told;
  json: boolean;
}

/** `hotdeck check WORKSPACE [--pid N] [--program NAME] [--data FOLDER] [--json]` */
export async function checkCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return badUse(parsed);
  const { path, pid, json } = parsed;
  const { root, choices, loaded } = await loadWorkspace(path, parsed.told);
  if (!loaded.ok && loaded.failure.kind === 'missing-folder') return findingOf(loaded.failure);
  if (pid !== null && loaded.ok) {
    const running = await checkProcess(pid, loaded.value.workspace);
    if (!running.ok) return findingOf(running.failure);
  }
  const checks = await setupChecks(root, choices, loaded.ok ? success(loaded.value.workspace) : loaded);
  if (!loaded.ok) return unopened(loaded.failure, checks, json);
  const { workspace, graph } = loaded.value;
  const inventory = await lookAt(workspace, graph, pid, parsed.told.data);
  const states = new ModuleStates({
    ...{ inventory, marks: new BuildMarks(), edits: { changedModules: new Map() }, whyOf: () => null },
  });
  const moves = states.moves();
  // How the last build ended is not known here: what times report it is a warning at most.
  const scene = { workspace, graph, moves, modules: inventory.mapped, build: 'unknown' as const };
  const reloadInputs = new ReloadInputs();
  try {
    const foreseen = await reloadInputs.foresee(scene, pid === null ? null : inventory.processes.server);
    const findings = [...foreseen.findings, ...doubleFindings(await readDoubles(workspace, graph))];
    const { along } = foreseen;
    const restart = moves.restart.filter((name) => !along.includes(name));
    const plan = { ...moves, restart, along };
    const found: Found = { workspace: workspace.name, pid, checks, findings, moves: plan };
    const text = json ? JSON.stringify(checkJson(found), null, 2) : checkText(found);
    return { kind: 'printed', text, code: findings.length === 0 && !hasProblem(checks) ? 0 : 1 };
  } finally {
    await reloadInputs.close();
    await inventory.close();
  }
}

/** Looks until all that can be is known: whose copy an image is tells only what both hold. */
async function lookAt(
  workspace: Workspace,
  graph: ModuleGraph,
  pid: number | null,
  data: string,
): Promise<Inventory> {
  const cache = new CodeCache();
  const builds = new KnownBuilds(cache, data, workspaceId(workspace.root), false);
  await builds.load();
  const inventory = new Inventory(workspace, graph, { cache, builds });
  if (pid === null) {
    await inventory.look(null);
    return inventory;
  }
  await inventory.look(null);
  await inventory.settle();
  await inventory.look(pid);
  await inventory.settle();
  await inventory.look(pid);
  return inventory;
}

const hasProblem = (checks: readonly Check[]): boolean => checks.some(({ state }) => state === 'problem');

/** What there is to say of a workspace that can't be opened: what is missing for it. */
function unopened(failure: Failure, checks: readonly Check[], json: boolean): Outcome {
  const text = json ? JSON.stringify({ failure, checks }, null, 2) : checksText(checks, ownPen());
  return { ...findingOf(failure), text };
}

function parse(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        pid: { type: 'string' },
        ...TOLD_OPTIONS,
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return 'check takes one WORKSPACE.';
    const told = toldOf(values);
    if (typeof told === 'string') return told;
    if (values.pid === undefined) return { path, pid: null, told, json: values.json };
    const pid = /^[1-9]\d{0,9}$/.test(values.pid) ? Number(values.pid) : Number.NaN;
    if (!(pid < 2 ** 31)) return `--pid takes a process ID, not ${values.pid}.`;
    return { path, pid, told, json: values.json };
  } catch (error) {
    return messageOf(error);
  }
}

interface Found {
  workspace: string;
  pid: number | null;
  checks: readonly Check[];
  findings: readonly Finding[];
  moves: PrintedPlan;
}

/** What `--json` prints; documented in docs/command-line.md. */
function checkJson({ workspace, pid, checks, findings, moves }: Found): object {
  return { workspace, pid, checks, findings, ...(pid === null ? {} : { plan: moves }) };
}

function checkText({ workspace, pid, checks, findings, moves }: Found): string {
  const what = pid === null ? workspace : `${workspace}, process ${pid}`;
  const parts = [
    checksText(checks, ownPen()),
    findings.length === 0
      ? `${what}: no problems found in the libraries.`
      : `${what}: ${count(findings.length, 'finding')}`,
    ...findings.map(findingText),
    ...(pid === null ? [] : [planText(moves)]),
  ];
  return parts.join('\n\n');
}
