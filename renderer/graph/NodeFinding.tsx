import type { WorstFinding } from '../plan/worstFinding.ts';
import { IconStop, IconWarn } from '../ui/icons.tsx';

/** A small mark on a node: something about it is in the way of a reload. What, is in its title. */
export function NodeFinding({ worst }: { worst: WorstFinding }) {
  return (
    <span className="node-finding" data-severity={worst.severity} title={worst.told} aria-hidden="true">
      {worst.severity === 'blocking' ? <IconStop /> : <IconWarn />}
    </span>
  );
}
