import type { LastReload } from '#shared/contract.ts';
import { duration } from '#shared/duration.ts';
import type { ArrowsView } from './arrowsView.ts';

/** Says which reload is being shown, and that it is shown more slowly than it ran. */
export function ReloadCaption({ view, reload }: { view: ArrowsView | null; reload: LastReload | null }) {
  if (view?.look !== 'live' || reload === null) return null;
  const slowly = reload.took === null ? 'is running' : `took ${duration(reload.took)}; shown slowly`;
  return (
    <p className="caption">
      Reload {reload.number} {slowly}
    </p>
  );
}

/** Says what the arrows are: a forecast, what happens, or what happened. */
export function arrowsWords(view: ArrowsView | null, reload: LastReload | null): string | null {
  if (view === null || reload === null) return view === null ? null : FORECAST;
  const by = reload.evidence === 'log' ? ', according to the log' : '';
  switch (view.look) {
    case 'ghost':
      return FORECAST;
    case 'live':
      return `Solid arrows: reload ${reload.number}, step by step${by}.`;
    case 'trace':
      return `Thin arrows: what reload ${reload.number} did${by}.`;
  }
}

const FORECAST = 'Dashed arrows: what a reload would do, in numbered order.';
