import type { Stream } from '#shared/contract.ts';
import { showView, useDisplay, type View } from '../state/display.ts';

const VIEWS: readonly { id: View; name: string; title: string }[] = [
  { id: 'terminal', name: 'Terminal', title: 'Live output and input (Ctrl+L)' },
  { id: 'log', name: 'Log', title: 'Line by line, with filters and search (Ctrl+L)' },
];

/** Chooses whether a stream is shown as a terminal or as a log. */
export function ViewSwitch({ stream }: { stream: Stream }) {
  const shown = useDisplay((display) => display.views[stream]);
  return (
    <fieldset className="view-switch" aria-label="View">
      {VIEWS.map(({ id, name, title }) => (
        <button
          key={id}
          type="button"
          aria-pressed={shown === id}
          title={title}
          onClick={() => showView(stream, id)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
