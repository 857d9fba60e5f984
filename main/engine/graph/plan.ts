import type { GraphNode, ModuleGraph, Moves, Newness, Rule } from '#shared/contract.ts';
import { dependentsOf } from './closure.ts';
import { byName } from './links.ts';
import { checkOrder } from './order.ts';
import { reasonsOf } from './reasons.ts';

export interface PlanInput {
  graph: Pick<ModuleGraph, 'nodes' | 'order'>;
  rule: Rule;
  /** Names of the nodes whose artifact is not the image that is mapped. */
  stale: ReadonlySet<string>;
  /** What the server will take for new; another question than what is. Without it: what is stale. */
  taken?: ReadonlySet<string>;
  /** By what it tells: for the words. */
  newness?: Newness;
  /** The modules that the server has open, or had: others it neither closes nor stops at. Without it: all of them. */
  opened?: ReadonlySet<string>;
  /** Libraries that a module's file on disk is linked to and that the server does not have: they come with it. */
  coming?: ReadonlyMap<string, readonly string[]>;
  /** Why a package changed, as the reason is to read: 'edited (src/lib.rs)'. What is missing here 'changed on disk'. */
  changed?: ReadonlyMap<string, string>;
  /** What is known better: the whole reason of a stale one. */
  told?: ReadonlyMap<string, string>;
}

/**
 * What a reload would do now. Under `stack`, unloading starts at the top of the order and stops at the first module
 * that the server does not take for new; under `dependents`, every module that it does goes and all that depend on it;
 * under `all`, all that it has open. Whoever depends on a module is unloaded before it and loaded after it. What goes
 * and is not stale comes back unchanged; what is stale and does not go is left behind. Pure; linear but for sorting.
 */
export function planReload(input: PlanInput): Moves {
  const { graph, rule, stale, taken = stale, newness, changed = new Map(), told = new Map() } = input;
  const { nodes } = graph;
  const { opened } = input;
  const isOpened = (name: string): boolean => opened?.has(name) !== false;
  const whole = [...new Set(graph.order)];
  const order = rule === 'all' ? whole : whole.filter(isOpened);
  const going = loaded(input, order, taken);
  const unload = going.toReversed();
  const load = withComing(going, nodes, input.coming ?? new Map());
  const isGoing = new Set(going);
  const leftBehind = nodes
    .filter(({ name, role }) => role === 'module' && stale.has(name) && !isGoing.has(name))
    .sort(byWave)
    .map((node) => node.name);
  const moves = {
    unload,
    load,
    restart: nodes
      .filter(({ name, role }) => (role === 'pinned' || role === 'executable') && stale.has(name))
      .sort(byWave)
      .map((node) => node.name),
    leftBehind,
    notTaken: rule === 'all' ? [] : leftBehind.filter((name) => !taken.has(name)),
    unchanged: going.filter((name) => !stale.has(name)),
  };
  const reasons = reasonsOf({ nodes, order, rule, stale, taken, newness, changed, told, ...moves });
  return { rule, ...moves, reasons };
}

/** Puts what is new in front of the first that needs it, and above what it needs itself. */
function withComing(
  going: readonly string[],
  nodes: readonly GraphNode[],
  coming: ReadonlyMap<string, readonly string[]>,
): string[] {
  const load = [...going];
  const wave = new Map(nodes.map((node) => [node.name, waveOf(node)]));
  const isNew = new Set(
    going.flatMap((name) => coming.get(name) ?? []).filter((name) => !going.includes(name)),
  );
  for (const name of isNew)
    for (const each of coming.get(name) ?? []) if (!going.includes(each)) isNew.add(each);
  const needs = new Map(nodes.map((node) => [node.name, node.needs]));
  for (const name of [...isNew].sort((a, b) => (wave.get(a) ?? 0) - (wave.get(b) ?? 0) || byName(a, b))) {
    const below = load.findLastIndex((each) => needs.get(name)?.includes(each) === true);
    load.splice(below + 1, 0, name);
  }
  return load;
}

/** What is unloaded and loaded again, bottom-up. */
function loaded({ graph, rule, opened }: PlanInput, order: string[], taken: ReadonlySet<string>): string[] {
  if (rule === 'all') return order.filter((name) => opened?.has(name) !== false);
  if (rule === 'stack') return topOfStack(order, taken);
  return withDependents(graph.nodes, graph.order, taken).filter((name) => opened?.has(name) !== false);
}

/** The modules above the topmost one that is not among these, bottom-up. */
function topOfStack(order: readonly string[], stale: ReadonlySet<string>): string[] {
  return order.slice(order.findLastIndex((name) => !stale.has(name)) + 1);
}

/** These modules and those that depend on them, bottom-up. */
function withDependents(
  nodes: readonly GraphNode[],
  given: readonly string[],
  stale: ReadonlySet<string>,
): string[] {
  const order = [...new Set(given)];
  const modules = nodes.filter((node) => node.role === 'module');
  const starts = modules.filter((node) => stale.has(node.name)).map((node) => node.name);
  const taken = dependentsOf(starts, nodes);
  for (const name of starts) taken.add(name);
  const needs = new Map(nodes.map((node) => [node.name, node.needs]));
  if (order.length === modules.length && checkOrder(order, needs).length === 0) {
    return order.filter((name) => taken.has(name));
  }
  // An order set by hand may put a module below what it needs: waves never do.
  return modules
    .filter((node) => taken.has(node.name))
    .sort(byWave)
    .map((node) => node.name);
}

/** The executable, which has no wave, comes last: it stands on all others. */
const waveOf = (node: GraphNode): number => node.wave ?? Number.MAX_SAFE_INTEGER;

const byWave = (a: GraphNode, b: GraphNode): number => waveOf(a) - waveOf(b) || byName(a.name, b.name);

/** Whether a reload would bring in anything new: some of what it swaps may come back unchanged. */
export const bringsChange = ({ unload, unchanged }: Pick<Moves, 'unload' | 'unchanged'>): boolean =>
  unload.length > unchanged.length;
