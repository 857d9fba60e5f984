import { lazy, Suspense, useEffect } from 'react';
import { openSearch, useWindow } from '../state/store.ts';
import { Alerts } from './Alerts.tsx';
import { EmptyState } from './EmptyStates.tsx';
import { Toolbar } from './Toolbar.tsx';

// Graph and terminals are most of the code. They come after the first frame, while the engine reads the workspace.
const loadWorkbench = () => import('./Workbench.tsx');
const Workbench = lazy(async () => ({ default: (await loadWorkbench()).Workbench }));

/** The whole window. */
export function App() {
  const engine = useWindow((state) => state.engine);
  useReadyMark(engine !== null);
  useFindKey(engine?.name === 'open');
  return (
    <div className="window">
      <Toolbar />
      <Alerts />
      {engine?.name === 'open' ? (
        <Suspense fallback={<EmptyState engine={{ name: 'opening', root: engine.session.workspace.root }} />}>
          <Workbench />
        </Suspense>
      ) : (
        <EmptyState engine={engine} />
      )}
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
      void loadWorkbench();
    });
    return () => cancelAnimationFrame(frame);
  }, [told]);
}

/** Ctrl+F finds wherever the focus is, also where no menu hears the key. */
function useFindKey(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      const ctrl = event.ctrlKey || event.metaKey;
      if (!ctrl || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      openSearch();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}
