import type { Arrangement } from './layout/arrangement.ts';

/** How far the left margin reaches from the nodes: room for the rails and the names. */
export const MARGIN = 124;

/** Draws the names of the bands in the left margin. */
export function BandTitles({ arrangement }: { arrangement: Arrangement }) {
  return (
    <div className="bands" aria-hidden="true">
      {arrangement.titles.map(({ text, y, height }) => (
        <span key={y} className="band-title" style={{ left: arrangement.bounds.x - MARGIN, top: y, height }}>
          {text}
        </span>
      ))}
    </div>
  );
}
