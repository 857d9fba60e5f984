import type { GraphNode } from '#shared/contract.ts';
import type { Arrangement, PlacedNode } from '../layout/arrangement.ts';
import { directNeeds, reduceNeeds } from '../needs.ts';
import { route } from './edgeRoute.ts';

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** `opens`: the executable opens it while it runs, instead of linking it. */
  readonly kind: 'needs' | 'opens';
  readonly path: string;
}

/** A shared line at the left edge for what nearly everything needs. */
interface Rail {
  readonly to: string;
  readonly from: readonly string[];
  readonly path: string;
  /** Where the arrow's shaft enters the node. */
  readonly arrow: string;
}

export interface Edges {
  readonly edges: readonly Edge[];
  readonly rails: readonly Rail[];
}

/** Length of an arrow's head in the graph's units. */
export const HEAD = 7;
const RAIL_FROM = 26;
const RAIL_STEP = 12;
const RAILS = 3;

/**
 * Returns what is drawn when nothing is selected: the needs that do not follow from others, and the rails.
 */
export function defaultEdges(nodes: readonly GraphNode[], arrangement: Arrangement): Edges {
  const needs = directNeeds(nodes);
  const rails = railsOf(needs, arrangement);
  const byRail = new Set(rails.flatMap((rail) => rail.from.map((from) => key(from, rail.to))));
  const edges: Edge[] = [];
  for (const [from, targets] of reduceNeeds(needs)) {
    for (const to of targets) {
      if (!byRail.has(key(from, to))) edges.push(...edge(arrangement, from, to, 'needs'));
    }
  }
  for (const [from, to] of opened(nodes, needs)) edges.push(...edge(arrangement, from, to, 'opens'));
  return { edges, rails };
}

/** Returns all edges that begin or end at a node, whether they follow from others or not. */
export function edgesOf(name: string, nodes: readonly GraphNode[], arrangement: Arrangement): Edge[] {
  const edges: Edge[] = [];
  for (const [from, targets] of directNeeds(nodes)) {
    for (const to of targets) {
      if (from === name || to === name) edges.push(...edge(arrangement, from, to, 'needs'));
    }
  }
  return edges;
}

const key = (from: string, to: string) => `${from}\n${to}`;

function edge(arrangement: Arrangement, from: string, to: string, kind: Edge['kind']): Edge[] {
  const a = arrangement.placed.get(from);
  const b = arrangement.placed.get(to);
  return a === undefined || b === undefined ? [] : [{ from, to, kind, path: route(arrangement, a, b, HEAD) }];
}

/** The executable opens the modules; as with the needs, those that another one brings along are left out. */
function opened(
  nodes: readonly GraphNode[],
  needs: ReadonlyMap<string, readonly string[]>,
): [string, string][] {
  const [executable, ...others] = nodes.filter((node) => node.role === 'executable');
  // Of several it is not known which opens what.
  if (executable === undefined || others.length > 0) return [];
  const needed = new Set([...needs.values()].flat());
  return nodes
    .filter((node) => node.role === 'module' && !needed.has(node.name))
    .map((node) => [executable.name, node.name]);
}

/**
 * Rails lead to nodes that stand leftmost in their row, and come from nodes that do, past at least one row; so a
 * rail says no more than what is so. One with a single node to serve would only be a detour.
 */
function railsOf(needs: ReadonlyMap<string, readonly string[]>, arrangement: Arrangement): Rail[] {
  const lefts = arrangement.rows.flatMap((row) => row.nodes.slice(0, 1));
  const rails: Rail[] = [];
  for (const target of lefts.filter(({ node }) => node.role === 'pinned' || node.role === 'external')) {
    const from = lefts.filter(
      (left) => left.row > target.row + 1 && needs.get(left.node.name)?.includes(target.node.name) === true,
    );
    if (from.length >= 2) rails.push(rail(target, from, arrangement.bounds.x));
  }
  return rails
    .sort((a, b) => b.from.length - a.from.length)
    .slice(0, RAILS)
    .map((made, i) => shift(made, arrangement, i));
}

function shift(made: Rail, arrangement: Arrangement, place: number): Rail {
  const target = arrangement.placed.get(made.to);
  const from = made.from.flatMap((name) => arrangement.placed.get(name) ?? []);
  return target === undefined ? made : rail(target, from, arrangement.bounds.x - place * RAIL_STEP);
}

function rail(target: PlacedNode, from: readonly PlacedNode[], left: number): Rail {
  const x = left - RAIL_FROM;
  const y = target.y + target.height / 2;
  const mid = (spot: PlacedNode) => spot.y + spot.height / 2;
  const lowest = Math.max(...from.map(mid));
  const stubs = from.map((spot) => (mid(spot) === lowest ? '' : `M ${spot.x} ${mid(spot)} H ${x}`));
  const lowestX = from.find((spot) => mid(spot) === lowest)?.x ?? x;
  const bend = 8;
  return {
    to: target.node.name,
    from: from.map((spot) => spot.node.name),
    path: `M ${lowestX} ${lowest} H ${x + bend} Q ${x} ${lowest} ${x} ${lowest - bend} V ${y + bend} Q ${x} ${y} ${x + bend} ${y} ${stubs.join(' ')}`,
    arrow: `M ${x + bend} ${y} H ${target.x - HEAD}`,
  };
}
