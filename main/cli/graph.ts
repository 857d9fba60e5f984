import { parseArgs } from 'node:util';
import type { ModuleGraph } from '#shared/contract.ts';
import { messageOf } from '../engine/result.ts';
import { readDoubles } from '../engine/workspace/readDoubles.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';
import { TOLD_OPTIONS, toldOf } from './told.ts';
import { loadWorkspace, type Told } from './workspace.ts';

/** `hotdeck graph WORKSPACE [--program NAME] [--data FOLDER] [--json]` */
export async function graphCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return badUse(parsed);
  const { loaded } = await loadWorkspace(parsed.path, parsed.told);
  if (!loaded.ok) return findingOf(loaded.failure);
  const { workspace } = loaded.value;
  const graph = { ...loaded.value.graph, doubles: await readDoubles(workspace, loaded.value.graph) };
  const text = parsed.json
    ? JSON.stringify(graphJson(workspace, graph), null, 2)
    : `${graphText(graph)}\n\nprogram: ${programOf(workspace).file}`;
  return { kind: 'printed', text };
}

function parse(args: readonly string[]): { path: string; told: Told; json: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...TOLD_OPTIONS, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return 'graph takes one WORKSPACE.';
    const told = toldOf(values);
    return typeof told === 'string' ? told : { path, told, json: values.json };
  } catch (error) {
    return messageOf(error);
  }
}

/** What `--json` prints; documented in docs/command-line.md. */
function graphJson(workspace: Workspace, graph: ModuleGraph): object {
  const externals = new Set(graph.nodes.filter((node) => node.role === 'external').map((node) => node.name));
  return {
    workspace: workspace.name,
    program: programOf(workspace),
    rule: workspace.rule,
    rolesFrom: graph.rolesFrom,
    order: graph.order,
    modules: graph.nodes
      .filter((node) => !externals.has(node.name))
      .map((node) => ({
        name: node.name,
        role: node.role,
        needs: node.needs.filter((need) => !externals.has(need)),
        externals: node.needs.filter((need) => externals.has(need)),
        wave: node.wave,
      })),
    doubles: graph.doubles ?? [],
  };
}

/** Which program is the server, and where cargo puts it. */
const programOf = ({ program: { package: name, binary, file } }: Workspace) => ({
  package: name,
  binary,
  file,
});

function graphText(graph: ModuleGraph): string {
  const rows = graph.nodes.map((node) => [
    node.role,
    node.wave === null ? '' : `wave ${node.wave}`,
    node.name,
    node.needs.length === 0 ? '' : `needs ${node.needs.join(', ')}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const doubles = (graph.doubles ?? []).map(({ message }) => `\n${message}`);
  return [...lines, ...doubles].join('\n');
}
