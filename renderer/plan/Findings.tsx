import { useState } from 'react';
import type { Finding, ModuleGraph, Plan } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import { labelIn } from '../state/labels.ts';
import { useSession } from '../state/store.ts';
import { FindingItem } from './FindingItem.tsx';
import './findings.css';
import { findingTally, howToReachAll, SHOWN } from './planFindings.ts';

interface Props {
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly graph: ModuleGraph;
}

/** Lists what is in the way of the plan: the worst at once, the rest on request. */
export function Findings({ findings, plan, graph }: Props) {
  const [all, setAll] = useState(false);
  if (findings.length === 0) return null;
  // One more than fits takes no more room than the button that would show it.
  const folds = findings.length > SHOWN + 1;
  const shown = folds && !all ? findings.slice(0, SHOWN) : findings;
  const rest = findings.slice(SHOWN);
  return (
    <div className="findings-part">
      <ul className="findings" aria-label="Findings">
        {shown.map((finding) => (
          <FindingItem key={keyOf(finding)} finding={finding} plan={plan} graph={graph} named />
        ))}
      </ul>
      <ReachAll findings={findings} plan={plan} graph={graph} />
      {folds ? (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${rest.length} more: ${list(findingTally(rest))}`}
        </button>
      ) : null}
    </div>
  );
}

/** Lists the findings about one node, for its details. */
export function FindingsAbout({ findings, plan, graph }: Props) {
  if (findings.length === 0) return null;
  return (
    <div className="findings-part">
      <ul className="findings">
        {findings.map((finding) => (
          <FindingItem key={keyOf(finding)} finding={finding} plan={plan} graph={graph} named={false} />
        ))}
      </ul>
      <ReachAll findings={findings} plan={plan} graph={graph} />
    </div>
  );
}

function ReachAll({ findings, plan, graph }: Props) {
  const modules = useSession((session) => session.modules);
  const how = howToReachAll(
    findings,
    plan,
    (name) => modules[name]?.state === 'stuck',
    (name) => labelIn(graph, name),
  );
  return how === null ? null : <p className="reach-all">{how}</p>;
}

const keyOf = ({ kind, module, message }: Finding): string => `${kind} ${module} ${message}`;
