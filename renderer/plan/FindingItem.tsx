import type { Finding, ModuleGraph, Plan } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { labelIn, labelsOf } from '../state/labels.ts';
import { pick } from '../state/store.ts';
import { IconInfo, IconStop, IconWarn } from '../ui/icons.tsx';
import { reasonFor, type Severity, untoldDetails } from './planFindings.ts';
import { Remedy } from './Remedy.tsx';

/** Told by shape and word; color only repeats it. */
const SEVERITIES: Record<Severity, { readonly word: string; readonly Icon: () => React.ReactNode }> = {
  blocking: { word: 'Blocking', Icon: IconStop },
  warning: { word: 'Warning', Icon: IconWarn },
  info: { word: 'Note', Icon: IconInfo },
};

interface Props {
  readonly finding: Finding;
  readonly plan: Plan;
  readonly graph: ModuleGraph;
  /** Whether to say which module it is about. */
  readonly named: boolean;
}

/** Shows one finding: its severity, its module, the sentence, and what helps. */
export function FindingItem({ finding, plan, graph, named }: Props) {
  const { severity, kind, module, message } = finding;
  const { word, Icon } = SEVERITIES[severity];
  const reason = reasonFor(finding, plan);
  return (
    <li className="finding" data-severity={severity} data-kind={kind} data-module={module}>
      <p className="finding-head">
        <span className="finding-word">
          <Icon />
          {word}
        </span>
        {named ? <Subject module={module} graph={graph} /> : null}
        <Remedy finding={finding} />
      </p>
      <p className="finding-message">{message}</p>
      {reason === null ? null : <p className="finding-more">Why: {reason}.</p>}
      <Details finding={finding} />
    </li>
  );
}

function Subject({ module, graph }: { module: string; graph: ModuleGraph }) {
  // A library that is no node of the graph can't be picked.
  if (!labelsOf(graph).has(module)) return <span className="finding-module">{module}</span>;
  return (
    <button type="button" className="finding-module" title={module} onClick={() => pick(module)}>
      {labelIn(graph, module)}
    </button>
  );
}

function Details({ finding }: { finding: Finding }) {
  const details = untoldDetails(finding);
  if (details.length === 0) return null;
  const what = finding.kind === 'undefined-symbol' ? 'symbol' : 'name';
  return (
    <details className="finding-details">
      <summary>{count(details.length, what)}</summary>
      <ul>
        {details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
    </details>
  );
}
