import type { Grave } from '../plan/planFindings.ts';
import { IconStop, IconWarn } from '../ui/icons.tsx';

/** A small mark on a node: something about it is in the way of a reload. What, is in its title. */
export function NodeFinding({ grave }: { grave: Grave }) {
  return (
    <span className="node-finding" data-severity={grave.severity} title={grave.told} aria-hidden="true">
      {grave.severity === 'blocking' ? <IconStop /> : <IconWarn />}
    </span>
  );
}
