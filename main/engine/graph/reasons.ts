import type { GraphNode, Plan } from '../../../preload/contract.ts';
import { type Cause, causesOf, REBUILT } from './causes.ts';
import { needsOf } from './closure.ts';

interface Subject extends Pick<Plan, 'unload' | 'restart' | 'leftBehind'> {
  nodes: readonly GraphNode[];
  /** The modules bottom-up. */
  order: readonly string[];
  stale: ReadonlySet<string>;
  changed: ReadonlyMap<string, string>;
  told: ReadonlyMap<string, string>;
}

/** Says for each name of a plan why it is there: a phrase that can follow the label of the module. */
export function reasonsOf(subject: Subject): Plan['reasons'] {
  const { nodes, order, stale } = subject;
  const nodeOf = new Map(nodes.map((node) => [node.name, node]));
  const label = (name: string) => nodeOf.get(name)?.label ?? name;
  const causeOf = causesOf(nodes, stale, subject.changed);
  const why = (name: string): string => {
    const told = subject.told.get(name);
    if (told !== undefined) return told;
    const cause = causeOf(name);
    if (cause === undefined) return REBUILT;
    return cause.name === name ? cause.phrase : `depends on ${label(cause.name)}, which ${verbOf(cause)}`;
  };
  const bound = subject.restart.length === 0 ? new Set() : boundToExecutables(nodes);
  const obstacle = (name: string): string => {
    if (nodeOf.get(name)?.role === 'executable') return 'the program itself can’t be swapped while it runs';
    if (bound.has(name)) return 'linked into the executable: swapping it takes a restart';
    return 'the server can’t unload it: swapping it takes a restart';
  };
  const blocker = order.findLast((name) => !stale.has(name));
  const stacked = new Set(order);
  const left = (name: string): string =>
    blocker !== undefined && stacked.has(name)
      ? `stale, but ${label(blocker)} above it is not: the stack stops there`
      : 'stale, but not in the stack of this server';
  const reasons: Plan['reasons'] = {};
  for (const name of subject.unload) reasons[name] = why(name);
  for (const name of subject.restart) reasons[name] = `${why(name)}; ${obstacle(name)}`;
  for (const name of subject.leftBehind) reasons[name] = left(name);
  return reasons;
}

/** What the executables are linked to, directly or not. */
function boundToExecutables(nodes: readonly GraphNode[]): Set<string> {
  const executables = nodes.filter((node) => node.role === 'executable');
  return needsOf(
    executables.map((node) => node.name),
    nodes,
  );
}

function verbOf({ phrase }: Cause): string {
  if (phrase.startsWith('edited')) return 'was edited';
  return phrase === REBUILT ? 'was rebuilt' : 'changed';
}
