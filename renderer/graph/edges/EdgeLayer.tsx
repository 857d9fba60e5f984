import { memo } from 'react';
import type { Edge, Edges } from './edges.ts';
import { HEAD } from './edges.ts';

/** With more edges than these they are a texture, and recede behind the nodes. */
const DENSE = 120;

/** Draws the arrows from callers up to what they call, behind the nodes. */
export const EdgeLayer = memo(function EdgeLayer({
  quiet,
  picked,
}: {
  quiet: Edges;
  picked: readonly Edge[];
}) {
  return (
    <svg className="lines" data-dense={quiet.edges.length > DENSE} aria-hidden="true">
      <defs>
        <Head id="head-quiet" />
        <Head id="head-pale" />
        <Head id="head-picked" />
      </defs>
      <g className={picked.length > 0 ? 'receding' : undefined}>
        {quiet.rails.map((rail) => (
          <g key={rail.to} className="rail">
            <path d={rail.path} />
            <path d={rail.arrow} markerEnd="url(#head-pale)" />
          </g>
        ))}
        {quiet.edges.map((line) => (
          <path
            key={`${line.from} ${line.to}`}
            className={line.kind === 'opens' ? 'line opens' : 'line'}
            d={line.path}
            markerEnd="url(#head-quiet)"
          />
        ))}
      </g>
      {picked.map((line) => (
        <path
          key={`${line.from} ${line.to}`}
          className="line strong"
          d={line.path}
          markerEnd="url(#head-picked)"
        />
      ))}
    </svg>
  );
});

function Head({ id }: { id: string }) {
  return (
    <marker
      id={id}
      className={id}
      markerUnits="userSpaceOnUse"
      markerWidth={14}
      markerHeight={14}
      refX={4}
      refY={7}
      orient="auto"
    >
      <path d={`M 1 1.5 L ${4 + HEAD} 7 L 1 12.5 L 4 7 Z`} />
    </marker>
  );
}
