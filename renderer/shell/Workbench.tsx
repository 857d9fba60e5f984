import { useEffect } from 'react';
import { ModuleDetails } from '../details/ModuleDetails.tsx';
import { ModuleGraph } from '../graph/ModuleGraph.tsx';
import { ReloadPlan } from '../plan/ReloadPlan.tsx';
import { Split } from '../ui/Split.tsx';
import { BottomPane } from './BottomPane.tsx';

/** Arranges the window's body while a workspace is open. */
export function Workbench() {
  // For the bench of the start.
  useEffect(() => {
    const frame = requestAnimationFrame(() => performance.mark('hotdeck:open'));
    return () => cancelAnimationFrame(frame);
  }, []);
  const side = (
    <Split
      id="side"
      orientation="vertical"
      label="Height of the reload plan"
      first={{ id: 'plan', size: 58, least: '90px', content: <ReloadPlan /> }}
      second={{ id: 'details', size: 42, least: '70px', content: <ModuleDetails /> }}
    />
  );
  const top = (
    <Split
      id="top"
      orientation="horizontal"
      label="Width of the graph"
      first={{ id: 'graph', size: 65, least: '280px', content: <ModuleGraph /> }}
      second={{ id: 'side', size: 35, least: '250px', content: side }}
    />
  );
  return (
    <main className="workbench">
      <Split
        id="window"
        orientation="vertical"
        label="Height of the terminal"
        first={{ id: 'top', size: 66, least: '160px', content: top }}
        second={{ id: 'bottom', size: 34, least: '90px', content: <BottomPane /> }}
      />
    </main>
  );
}
