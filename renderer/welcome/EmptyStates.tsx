import type { EngineState, Recent } from '#shared/contract.ts';
import { SetupButton } from '../setup/SetupButton.tsx';
import { ask, askApp } from '../state/actions.ts';
import { useWindow } from '../state/store.ts';
import { IconError, IconFolder, IconSample } from '../ui/icons.tsx';
import { ChooseProgram } from './ChooseProgram.tsx';
import { StackPicture } from './StackPicture.tsx';
import './empty.css';

/** Shows the window's content while no workspace is open. */
export function EmptyState({ engine }: { engine: Exclude<EngineState, { name: 'open' }> | null }) {
  switch (engine?.name) {
    case undefined:
      return <Waiting text={'Connecting\u2026'} />;
    case 'opening':
      return <Opening {...engine} />;
    case 'failed':
      return <Failed root={engine.root} message={engine.failure.message} remedy={engine.failure.remedy} />;
    case 'choosing':
      return <ChooseProgram root={engine.root} programs={engine.programs} />;
    case 'empty':
      return <Welcome />;
  }
}

function Waiting({ text, detail }: { text: string; detail?: string }) {
  return (
    <main className="empty">
      <div className="empty-card narrow" role="status">
        <span className="spinner" aria-hidden="true" />
        <h1>{text}</h1>
        {detail === undefined ? null : <p className="path">{detail}</p>}
      </div>
    </main>
  );
}

/** Reading takes as long as cargo takes: what it is on is said, and it can be stopped. */
function Opening({ root, since, said }: Extract<EngineState, { name: 'opening' }>) {
  return (
    <main className="empty">
      <div className="empty-card narrow">
        <div className="empty-status" role="status">
          <span className="spinner" aria-hidden="true" />
          <h1>{'Reading the workspace\u2026'}</h1>
          <p className="path">{root}</p>
          {said === undefined ? null : <p className="empty-message">{`${said}.`}</p>}
        </div>
        {/* Without a time it is the window itself that is not ready yet. */}
        {since === undefined ? null : (
          <div className="empty-actions late">
            <button type="button" className="button" onClick={() => void ask('stopOpening', {})}>
              Stop
            </button>
          </div>
        )}
      </div>
    </main>
  );
}

function Failed({ root, message, remedy }: { root: string; message: string; remedy: string | null }) {
  return (
    <main className="empty">
      <div className="empty-card" role="alert">
        <span className="empty-mark" data-tone="bad">
          <IconError />
        </span>
        <h1>This workspace could not be opened</h1>
        <p className="path">{root}</p>
        <p className="empty-message">{message}</p>
        {remedy === null ? null : <p className="empty-remedy">{remedy}</p>}
        <div className="empty-actions">
          <button type="button" className="button primary" onClick={() => void ask('retryOpen', {})}>
            Try again
          </button>
          <SetupButton />
          <OpenButtons />
        </div>
      </div>
    </main>
  );
}

function Welcome() {
  const recents = useWindow((state) => state.app?.recents ?? none);
  return (
    <main className="empty">
      <div className="welcome">
        <StackPicture />
        <div>
          <h1>Swap libraries while the server runs</h1>
          <p>
            Open a Cargo workspace whose server loads its own dynamic libraries. Hotdeck runs the server,
            builds on save, shows before a reload what will be unloaded and loaded, and verifies it from the
            process’s memory maps.
          </p>
          <div className="empty-actions">
            <button type="button" className="button primary" onClick={() => void askApp('openWorkspace', {})}>
              <IconFolder /> Open workspace…
            </button>
            <button type="button" className="button" onClick={() => void askApp('openSample', {})}>
              <IconSample /> Open sample
            </button>
          </div>
          <p className="hint">New here? The sample is a small server of six crates to edit and reload.</p>
          <Recents recents={recents} />
        </div>
      </div>
    </main>
  );
}

const none: readonly Recent[] = [];

function Recents({ recents }: { recents: readonly Recent[] }) {
  if (recents.length === 0) return null;
  return (
    <section className="recents" aria-label="Recent workspaces">
      <h2>Recent</h2>
      <ul>
        {recents.map((recent) => (
          <li key={recent.id}>
            <button type="button" onClick={() => void askApp('openRecent', { id: recent.id })}>
              <strong>{recent.name}</strong>
              <span className="path">{recent.root}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OpenButtons() {
  return (
    <>
      <button type="button" className="button" onClick={() => void askApp('openWorkspace', {})}>
        Open workspace…
      </button>
      <button type="button" className="button" onClick={() => void askApp('openSample', {})}>
        Open sample
      </button>
    </>
  );
}
