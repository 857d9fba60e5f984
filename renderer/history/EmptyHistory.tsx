import { ask } from '../state/actions.ts';
import { availability } from '../state/availability.ts';
import { useSession } from '../state/store.ts';

/** Says what will be here once something has happened. */
export function EmptyHistory() {
  const start = useSession((session) => availability(session).start.enabled);
  const build = useSession((session) => availability(session).build.enabled);
  return (
    <div className="history-empty">
      <h2>No history yet</h2>
      <p>
        Edits, builds, reloads and server runs in this workspace will appear here: what each edit caused to be
        built, how long each crate took, what each reload swapped and in which order, and how each run ended.
        History is kept when you close the app.
      </p>
      <p>Use it to find out why something was rebuilt, or when something broke.</p>
      <p className="history-actions">
        <button
          type="button"
          className="button small"
          disabled={!build}
          onClick={() => void ask('build', {})}
        >
          Build now
        </button>
        <button
          type="button"
          className="button small"
          disabled={!start}
          onClick={() => void ask('start', {})}
        >
          Start the server
        </button>
      </p>
    </div>
  );
}
