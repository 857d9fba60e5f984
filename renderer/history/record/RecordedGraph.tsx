import { useMemo } from 'react';
import type { HistoryRecord, ModuleGraph, ModuleStateName } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { defaultEdges } from '../../graph/edges/edges.ts';
import { foldExternals } from '../../graph/foldExternals.ts';
import { arrange } from '../../graph/layout/arrangement.ts';

/** Draws the modules as they were then, smaller and still. */
export function RecordedGraph({
  graph,
  states,
  isCutOff,
}: {
  graph: ModuleGraph;
  states: HistoryRecord['modules'];
  /** Nobody saw its end. */
  isCutOff: boolean;
}) {
  const { nodes, plan, lines } = useMemo(() => {
    const shown = foldExternals(graph.nodes, false).nodes;
    const arranged = arrange(shown);
    return { nodes: [...arranged.placed.values()], plan: arranged, lines: defaultEdges(shown, arranged) };
  }, [graph]);
  if (nodes.length === 0) return null;
  const { x, y, width, height } = plan.bounds;
  return (
    <figure className="old-graph">
      <figcaption>Modules {isCutOff ? 'at the start' : 'at the end'}</figcaption>
      <svg
        viewBox={`${x - 44} ${y - 6} ${width + 60} ${height + 12}`}
        role="img"
        aria-label={`Module graph at that time: ${told(graph, states)}`}
        style={{ maxHeight: Math.min(420, height * 0.62 + 12) }}
      >
        <g className="old-lines">
          {lines.rails.map((rail) => (
            <path key={rail.to} d={rail.path} />
          ))}
          {lines.edges.map((line) => (
            <path key={`${line.from} ${line.to}`} d={line.path} data-kind={line.kind} />
          ))}
        </g>
        {nodes.map(({ node, x: left, y: top, width: wide, height: high }) => {
          const state = states[node.name];
          return (
            <g key={node.name} className="old-node" data-role={node.role} data-state={state}>
              <title>{state === undefined ? node.name : `${node.name}: ${state}`}</title>
              <rect x={left} y={top} width={wide} height={high} rx="7" />
              <text x={left + wide / 2} y={top + high / 2 - (isTold(state) ? 6 : 0)} className="old-label">
                {node.label}
              </text>
              {isTold(state) ? (
                <text x={left + wide / 2} y={top + high / 2 + 12} className="old-state">
                  {state}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const isTold = (state: ModuleStateName | undefined): boolean => state !== undefined && state !== 'pinned';

/** `9 modules loaded, 1 stuck (api)`: in words, what the drawing shows. */
function told(graph: ModuleGraph, states: HistoryRecord['modules']): string {
  const byState = new Map<ModuleStateName, string[]>();
  for (const { name, label, role } of graph.nodes) {
    const state = states[name];
    if (role !== 'module' || state === undefined) continue;
    byState.set(state, [...(byState.get(state) ?? []), label]);
  }
  const parts = [...byState].map(([state, labels]) =>
    labels.length > 3 ? `${count(labels.length, 'module')} ${state}` : `${labels.join(', ')} ${state}`,
  );
  return parts.length === 0 ? 'states unknown' : parts.join('; ');
}
