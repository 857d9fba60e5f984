import type { GraphNode, Moves, Newness, Rule } from '#shared/contract.ts';
import { type Cause, causesOf, REBUILT } from './causes.ts';
import { needsOf } from './closure.ts';

interface Subject extends Omit<Moves, 'rule' | 'reasons'> {
  nodes: readonly GraphNode[];
  /** The modules bottom-up. */
  order: readonly string[];
  rule: Rule;
  stale: ReadonlySet<string>;
  taken: ReadonlySet<string>;
  newness: Newness | undefined;
  changed: ReadonlyMap<string, string>;
  told: ReadonlyMap<string, string>;
}

/** Says for each name of a plan why it is there: a phrase that can follow the label of the module. */
export function reasonsOf(subject: Subject): Moves['reasons'] {
  const { nodes, order, stale, taken } = subject;
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
  const blocker = order.findLast((name) => !taken.has(name));
  const stacked = new Set(order);
  const left = (name: string): string => {
    if (!stacked.has(name)) return 'stale, but not in the stack of this server';
    if (subject.rule === 'all') return 'stale, but the server does not have it open';
    if (!taken.has(name)) return `stale, but the server won’t take it: ${notTakenFor(subject.newness)}`;
    const isFresh = blocker === undefined || !stale.has(blocker);
    return `stale, but ${label(blocker ?? name)} above it is ${isFresh ? 'not' : 'not taken for new'}: the stack stops there`;
  };
  const same = (name: string): string => {
    if (subject.rule === 'all') return 'reloaded along with all others; its code is the same';
    if (taken.has(name)) return 'its file looks new to the server, but its code is the same';
    const told = why(name);
    if (told !== REBUILT) return `${told}; its own code is the same`;
    const needed = needsOf([name], nodes);
    const cause = order.findLast((each) => taken.has(each) && needed.has(each)) ?? name;
    return `depends on ${label(cause)}, which looks new to the server; its own code is the same`;
  };
  const unchanged = new Set(subject.unchanged);
  const reasons: Moves['reasons'] = {};
  for (const name of subject.unload) reasons[name] = unchanged.has(name) ? same(name) : why(name);
  for (const name of subject.load) {
    const needs = subject.unload.find((each) => nodeOf.get(each)?.needs.includes(name) === true);
    reasons[name] ??= needs === undefined ? 'new' : `new: ${label(needs)} needs it`;
  }
  for (const name of subject.restart) reasons[name] = `${why(name)}; ${obstacle(name)}`;
  for (const name of subject.leftBehind) reasons[name] = left(name);
  return reasons;
}

/** Why a server that goes by this does not see that a file is another one. */
export function notTakenFor(newness: Newness | undefined): string {
  if (newness === 'newer-time') return 'its file is no newer than when it was loaded';
  return newness === 'content' ? 'it compares contents' : 'it is the same file to it';
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
  return phrase === REBUILT ? REBUILT : 'changed';
}
