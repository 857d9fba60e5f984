import { ask } from '../state/actions.ts';
import { availability } from '../state/availability.ts';
import { useSession } from '../state/store.ts';

/** Says what will be here once something has happened. */
export function EmptyHistory() {
  const start = useSession((session) => availability(session).start.enabled);
  const build = useSession((session) => availability(session).build.enabled);
  return (
    <div className="history-empty">
      <h2>Nothing has happened here yet</h2>
      <p>
        From the first edit, build or start on, this is the memory of the workspace: what was edited, what was
        built because of it and how long each crate took, what each reload swapped and in which order, and how
        each server ended. It stays when the app is closed.
      </p>
      <p>Then you can look up why something was rebuilt, and since when something has been broken.</p>
      <p className="history-actions">
        <button
          type="button"
          className="button small"
          disabled={!build}
          onClick={() => void ask('build', {})}
        >
          Make the first build
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
