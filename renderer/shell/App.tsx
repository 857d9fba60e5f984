import { useEffect } from 'react';
import { useWindow } from '../state/store.ts';
import { Alerts } from './Alerts.tsx';
import { EmptyState } from './EmptyStates.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Workbench } from './Workbench.tsx';

/** The whole window. */
export function App() {
  const engine = useWindow((state) => state.engine);
  useReadyMark(engine !== null);
  return (
    <div className="window">
      <Toolbar />
      <Alerts />
      {engine?.name === 'open' ? <Workbench /> : <EmptyState engine={engine} />}
    </div>
  );
}

/** Says on the document that the first state has been drawn: tests and the bench wait for it. */
function useReadyMark(told: boolean): void {
  useEffect(() => {
    if (!told) return;
    const frame = requestAnimationFrame(() => {
      document.documentElement.dataset.ready = 'true';
    });
    return () => cancelAnimationFrame(frame);
  }, [told]);
}
