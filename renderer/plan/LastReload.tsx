import type { ModuleGraph, LastReload as Reload } from '#shared/contract.ts';
import { duration } from '#shared/duration.ts';
import { clock } from '#shared/time.ts';
import { useSession } from '../state/store.ts';
import { IconWarn } from '../ui/icons.tsx';
import { useNow } from '../ui/useNow.ts';
import { Aftermath } from './Aftermath.tsx';
import { causeOf, isOfGoneProcess, messageOf } from './lastReloadTexts.ts';
import { seenAtOnce } from './reloadSteps.ts';
import './lastReload.css';
import { Steps } from './Steps.tsx';

const TONES: Record<Reload['verdict'], string> = {
  running: 'busy',
  swapped: 'good',
  nothing: 'idle',
  partial: 'warn',
  stuck: 'bad',
  refused: 'warn',
  crashed: 'bad',
  'timed out': 'bad',
  unproven: 'warn',
  ended: 'idle',
};

/**
 * Shows how the last reload went: the verdict, each step and its witness, and how it deviated from the plan.
 */
export function LastReload({ reload, graph }: { reload: Reload; graph: ModuleGraph }) {
  const now = useNow(60_000);
  const gone = useSession((session) => isOfGoneProcess(reload, session.server));
  return (
    <article className="last" aria-label="Last reload">
      <p className="last-head">
        <Verdict reload={reload} />
        <span className="last-when">
          reload {reload.number} · {causeOf(reload)} · {clock(reload.startedAt, now)}
        </span>
      </p>
      {gone ? <p className="last-run">In process {reload.pid}, which has ended.</p> : null}
      <p className="last-message">{messageOf(reload, gone)}</p>
      {reload.evidence === 'log' ? (
        <p className="last-evidence">
          <IconWarn />
          According to the log only: the memory maps can’t be read here.
        </p>
      ) : null}
      {reload.steps.length === 0 ? null : (
        <div className="orders">
          <Steps step="unload" reload={reload} graph={graph} />
          <Steps step="load" reload={reload} graph={graph} />
        </div>
      )}
      {reload.evidence === 'maps' && seenAtOnce(reload.steps) ? (
        <p className="last-footnote">
          Steps with the same time were observed together in the memory maps; they are listed in the order of
          the server’s reload rule.
        </p>
      ) : null}
      <Aftermath reload={reload} graph={graph} gone={gone} />
    </article>
  );
}

/** Shows the last reload in one line, below the next plan. */
export function LastReloadLine({ reload }: { reload: Reload }) {
  const gone = useSession((session) => isOfGoneProcess(reload, session.server));
  const message = messageOf(reload, gone);
  return (
    <p className="last-line">
      <Verdict reload={reload} />
      <span title={message}>{gone ? `In process ${reload.pid}, which has ended: ${message}` : message}</span>
    </p>
  );
}

function Verdict({ reload }: { reload: Reload }) {
  return (
    <span className="verdict" data-tone={TONES[reload.verdict]}>
      {reload.verdict}
      {reload.took === null ? '' : ` · ${duration(reload.took)}`}
    </span>
  );
}
