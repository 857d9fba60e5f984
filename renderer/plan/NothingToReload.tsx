import { useShallow } from 'zustand/react/shallow';
import { showSetup } from '../setup/setupStore.ts';
import { ask } from '../state/actions.ts';
import { currentSession, useSession, useWindow } from '../state/store.ts';
import { whyNoModules } from './whyNoModules.ts';
import { howAnyway, type Nothing, whyNothing } from './whyNothing.ts';

const EMPTY: Nothing = { message: '', hint: null, anyway: false };

/** Says why there is nothing to do, and offers to reload anyway. */
export function NothingToReload() {
  const { message, hint, anyway } = useWindow(
    useShallow(() => {
      const session = currentSession();
      return session === null ? EMPTY : whyNothing(session);
    }),
  );
  const how = useSession(howAnyway);
  const lacking = useSession(
    ({ mode, graph }) => mode.name === 'static' || whyNoModules(graph)?.remedy === 'set-up',
  );
  return (
    <div className="nothing">
      <p className="nothing-message">{message}</p>
      {hint === null ? null : <p className="nothing-hint">{hint}</p>}
      {lacking ? (
        <button type="button" className="link nothing-setup" aria-haspopup="dialog" onClick={showSetup}>
          See the setup
        </button>
      ) : null}
      {anyway ? (
        <div className="anyway">
          <button type="button" className="button small" onClick={() => void ask('reload', { anyway: true })}>
            Reload anyway
          </button>
          <p>{how}</p>
        </div>
      ) : null}
    </div>
  );
}
