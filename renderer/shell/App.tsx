import { useEffect } from 'react';
import { showSetup, useSetup } from '../setup/setupStore.ts';
import { openSearch, useWindow } from '../state/store.ts';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { lazyComponent } from '../ui/lazyComponent.tsx';
import { EmptyState } from '../welcome/EmptyStates.tsx';
import { Alerts } from './Alerts.tsx';

// Graph and terminals are most of the code. They come after the first frame, while the engine reads the workspace.
const workbench = lazyComponent(async () => (await import('./Workbench.tsx')).Workbench);
const bugReport = lazyComponent(async () => (await import('../bugReport/BugReport.tsx')).BugReport);
const setupView = lazyComponent(async () => (await import('../setup/SetupView.tsx')).SetupView);

/** Draws the whole window. */
export function App() {
  const engine = useWindow((state) => state.engine);
  useReadyMark(engine !== null);
  useKey('f', engine?.name === 'open', openSearch);
  useKey(',', engine?.name === 'open' || engine?.name === 'failed', showSetup);
  const reporting = useWindow((state) => state.app?.bugReport ?? null) !== null;
  const settingUp = useSetup((state) => state.shown);
  return (
    <div className="window">
      <Toolbar />
      <Alerts />
      {engine?.name === 'open' ? (
        <workbench.Component
          fallback={<EmptyState engine={{ name: 'opening', root: engine.session.workspace.root }} />}
        />
      ) : (
        <EmptyState engine={engine} />
      )}
      {settingUp ? <setupView.Component /> : null}
      {reporting ? <bugReport.Component /> : null}
    </div>
  );
}

/** Says on the document that the first state has been drawn: tests and the bench wait for it. */
function useReadyMark(told: boolean): void {
  useEffect(() => {
    if (!told) return;
    const frame = requestAnimationFrame(() => {
      document.documentElement.dataset.ready = 'true';
      performance.mark('hotdeck:ready');
      workbench.load();
    });
    return () => cancelAnimationFrame(frame);
  }, [told]);
}

/** Ctrl with this key acts wherever the focus is, also where no menu hears it. */
function useKey(key: string, on: boolean, act: () => void): void {
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      const ctrl = event.ctrlKey || event.metaKey;
      if (!ctrl || event.altKey || event.shiftKey || event.key.toLowerCase() !== key) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, on, act]);
}
