import type { CSSProperties } from 'react';
import type { Arrangement, PlacedNode } from '../layout/arrangement.ts';
import { arrowPath, reloadArrow } from './arrowShape.ts';
import type { ArrowsView } from './arrowsView.ts';

/** Draws the red unload arrow and the green load arrow over the nodes that a reload concerns. */
export function ReloadArrows({ arrangement, view }: { arrangement: Arrangement; view: ArrowsView | null }) {
  if (view === null) return null;
  const spots = (names: readonly string[]) =>
    names.flatMap((name): readonly PlacedNode[] => {
      const spot = arrangement.placed.get(name);
      return spot === undefined ? [] : [spot];
    });
  const all = spots([...view.unload, ...view.load]);
  const width = view.look === 'trace' ? 7 : undefined;
  return (
    <svg className="arrows" data-look={view.look} aria-hidden="true">
      {(['unload', 'load'] as const).map((step) => {
        const reached = spots(step === 'unload' ? view.unloaded : view.loaded);
        const arrow = reloadArrow(step, all, reached, width);
        if (arrow === null) return null;
        const path = arrowPath(arrow);
        return <path key={step} className="arrow" data-step={step} d={path} style={shape(path)} />;
      })}
    </svg>
  );
}

/** The path as a style too: unlike the attribute, that one can glide from shape to shape. */
const shape = (path: string): CSSProperties => ({ d: `path("${path}")` });
