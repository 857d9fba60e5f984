import { whyNoModules } from '../plan/whyNoModules.ts';
import { showSetup } from '../setup/setupStore.ts';
import { ask } from '../state/actions.ts';
import { useSession } from '../state/store.ts';

/** Says that there is nothing to reload, why, and what can be done about it. */
export function NoModules() {
  const graph = useSession((session) => session.graph);
  const building = useSession((session) => session.build.name === 'building');
  const why = whyNoModules(graph);
  if (why === null) return null;
  return (
    <div className="no-modules">
      <p>
        <strong>{why.title}</strong> {why.more}
      </p>
      {why.remedy === 'build' ? (
        <button
          type="button"
          className="button small"
          disabled={building}
          onClick={() => void ask('build', {})}
        >
          Build now
        </button>
      ) : (
        <button type="button" className="button small" aria-haspopup="dialog" onClick={showSetup}>
          Set up workspace
        </button>
      )}
    </div>
  );
}
