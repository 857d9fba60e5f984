import type { WorstFinding } from '../plan/worstFinding.ts';
import { IconStop, IconWarn } from '../ui/icons.tsx';

/** Marks a node about which something stands in the way of a reload; its title says what. */
export function NodeFinding({ worst }: { worst: WorstFinding }) {
  return (
    <span className="node-finding" data-severity={worst.severity} title={worst.told} aria-hidden="true">
      {worst.severity === 'blocking' ? <IconStop /> : <IconWarn />}
    </span>
  );
}
