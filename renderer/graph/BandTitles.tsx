import type { Arrangement } from './layout/arrangement.ts';

/** How far the left margin reaches from the nodes: room for the rails and the names. */
export const MARGIN = 124;

/** The names of the bands in the left margin. */
export function BandTitles({ plan }: { plan: Arrangement }) {
  return (
    <div className="bands" aria-hidden="true">
      {plan.titles.map(({ text, y, height }) => (
        <span key={y} className="band-title" style={{ left: plan.bounds.x - MARGIN, top: y, height }}>
          {text}
        </span>
      ))}
    </div>
  );
}
