import { parseArgs } from 'node:util';
import { type ModuleGraph, type Moves, type Rule, RuleSchema } from '#shared/contract.ts';
import { staleAfter } from '../engine/graph/impact.ts';
import { planReload } from '../engine/graph/plan.ts';
import { messageOf } from '../engine/result.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';
import { TOLD_OPTIONS, toldOf } from './told.ts';
import { loadWorkspace, type Told } from './workspace.ts';

interface Arguments {
  path: string;
  told: Told;
  changed: string[];
  rule: Rule | null;
  json: boolean;
}

/** `hotdeck plan WORKSPACE --changed PACKAGE[,PACKAGE] [--rule stack|dependents|all] [--json]` */
export async function planCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return badUse(parsed);
  const { loaded } = await loadWorkspace(parsed.path, parsed.told);
  if (!loaded.ok) return findingOf(loaded.failure);
  const { workspace, graph } = loaded.value;
  const nodes: string[] = [];
  const changed = new Map<string, string>();
  for (const given of parsed.changed) {
    const owners = workspace.packages.owners.get(given) ?? ownersByLabel(graph, given);
    if (owners.length === 0)
      return badUse(`${given} isn't a package that this workspace builds for the server.`);
    for (const name of owners) {
      nodes.push(name);
      changed.set(name, 'changed');
    }
  }
  const stale = staleAfter(nodes, graph.nodes);
  const plan = planReload({ graph, rule: parsed.rule ?? workspace.rule, stale, changed });
  return { kind: 'printed', text: parsed.json ? JSON.stringify(plan, null, 2) : planText(plan) };
}

function parse(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        ...TOLD_OPTIONS,
        changed: { type: 'string', multiple: true },
        rule: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return 'plan takes one WORKSPACE.';
    const changed = (values.changed ?? []).flatMap((list) => list.split(',')).filter((name) => name !== '');
    if (changed.length === 0) return 'plan needs --changed PACKAGE[,PACKAGE].';
    const told = toldOf(values);
    if (typeof told === 'string') return told;
    if (values.rule === undefined) return { path, told, changed, rule: null, json: values.json };
    const rule = RuleSchema.safeParse(values.rule);
    if (!rule.success) return `--rule takes stack, dependents or all, not ${values.rule}.`;
    return { path, told, changed, rule: rule.data, json: values.json };
  } catch (error) {
    return messageOf(error);
  }
}

/** People say "api" for depot_api, as the window does. */
const ownersByLabel = (graph: ModuleGraph, label: string): string[] =>
  graph.nodes.filter((node) => node.label === label && node.role !== 'external').map((node) => node.name);

/** A plan, and where a server was looked at, the libraries that go along. */
export type PrintedPlan = Moves & { along?: string[] };

/** A plan for people. */
export function planText(plan: PrintedPlan): string {
  const reason = (name: string): string =>
    plan.reasons[name] === undefined ? '' : `: ${plan.reasons[name]}`;
  const section = (title: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [title, ...names.map((name, index) => `  ${index + 1} ${name}${reason(name)}`)];
  const lines = [
    ...section('Restart needed', plan.restart),
    ...section('Unload', plan.unload),
    ...section('Load', plan.load),
    ...section('Left running old code', plan.leftBehind),
    ...section('Unloaded along with them', plan.along ?? []),
  ];
  return lines.length === 0 ? 'Nothing to reload.' : lines.join('\n');
}
