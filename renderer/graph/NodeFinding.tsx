import { graveOf, tellOf } from '../plan/findings.ts';
import { IconStop, IconWarn } from '../shell/icons.tsx';
import { useSession } from '../state/store.ts';

/** A small mark on a node: something about it is in the way of a reload. What, is in its title. */
export function NodeFinding({ module }: { module: string }) {
  const severity = useSession((session) => graveOf(session.plan.findings, module));
  const told = useSession((session) => tellOf(session.plan.findings, module));
  if (severity === null) return null;
  return (
    <span className="node-finding" data-severity={severity} title={told ?? undefined} aria-hidden="true">
      {severity === 'blocking' ? <IconStop /> : <IconWarn />}
    </span>
  );
}
