import { parseArgs } from 'node:util';
import type { Finding, Moves } from '../../preload/contract.ts';
import { Prospector } from '../engine/prospect/prospector.ts';
import { messageOf } from '../engine/result.ts';
import { Inventory } from '../engine/session/inventory.ts';
import { findingText } from './findingText.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';
import { planText } from './plan.ts';
import { checkProcess } from './process.ts';
import { loadWorkspace } from './workspace.ts';

interface Arguments {
  path: string;
  pid: number | null;
  json: boolean;
}

/** `hotdeck check WORKSPACE [--pid N] [--json]` */
export async function checkCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return badUse(parsed);
  const { path, pid, json } = parsed;
  const loaded = await loadWorkspace(path);
  if (!loaded.ok) return findingOf(loaded.failure);
  const { workspace, graph } = loaded.value;
  if (pid !== null) {
    const running = await checkProcess(pid, workspace);
    if (!running.ok) return findingOf(running.failure);
  }
  const inventory = new Inventory(workspace, graph);
  await inventory.look(pid);
  const moves = inventory.moves();
  // How the last build ended is not known here: what times tell of it is a warning at most.
  const scene = { workspace, graph, moves, build: 'unknown' as const };
  const prospector = new Prospector();
  try {
    const findings = await prospector.findings(scene, pid === null ? null : inventory.processes.server);
    const found: Found = { workspace: workspace.name, pid, findings, moves };
    const text = json ? JSON.stringify(checkJson(found), null, 2) : checkText(found);
    return { kind: 'printed', text, code: findings.length === 0 ? 0 : 1 };
  } finally {
    await prospector.close();
  }
}

function parse(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { pid: { type: 'string' }, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return 'check takes one WORKSPACE.';
    if (values.pid === undefined) return { path, pid: null, json: values.json };
    const pid = /^[1-9]\d{0,9}$/.test(values.pid) ? Number(values.pid) : Number.NaN;
    if (!(pid < 2 ** 31)) return `--pid takes the number of a process, not ${values.pid}.`;
    return { path, pid, json: values.json };
  } catch (error) {
    return messageOf(error);
  }
}

interface Found {
  workspace: string;
  pid: number | null;
  findings: readonly Finding[];
  moves: Moves;
}

/** What `--json` prints; documented in docs/command-line.md. */
function checkJson({ workspace, pid, findings, moves }: Found): object {
  return { workspace, pid, findings, ...(pid === null ? {} : { plan: moves }) };
}

function checkText({ workspace, pid, findings, moves }: Found): string {
  const what = pid === null ? workspace : `${workspace}, process ${pid}`;
  const parts = [
    findings.length === 0
      ? `${what}: nothing was found that would go wrong.`
      : `${what}: ${findings.length === 1 ? 'one finding' : `${findings.length} findings`}`,
    ...findings.map(findingText),
    ...(pid === null ? [] : [planText(moves)]),
  ];
  return parts.join('\n\n');
}
