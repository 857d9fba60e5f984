import type { ModuleGraph, LastReload as Reload } from '../../preload/contract.ts';
import { IconWarn } from '../shell/icons.tsx';
import { clock, duration } from '../state/format.ts';
import { useNow } from '../state/useNow.ts';
import { Aftermath } from './Aftermath.tsx';
import { seenAtOnce } from './observed.ts';
import './last.css';
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

const CAUSES: Record<Reload['cause'], string> = {
  reload: 'asked for here',
  terminal: 'a key in the terminal',
  'after-build': 'after a build',
  self: 'by the server itself',
  outside: 'from outside Hotdeck',
};

/** How the last reload went: the verdict, its sentence, each step and who tells of it, and what went otherwise. */
export function LastReload({ reload, graph }: { reload: Reload; graph: ModuleGraph }) {
  const now = useNow(60_000);
  return (
    <article className="last" aria-label="Last reload">
      <p className="last-head">
        <Verdict reload={reload} />
        <span className="last-when">
          reload {reload.number} · {CAUSES[reload.cause]} · {clock(reload.startedAt, now)}
        </span>
      </p>
      <p className="last-message">{reload.message}</p>
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
          Steps with the same time were seen in one look at the memory maps: their order is the rule’s.
        </p>
      ) : null}
      <Aftermath reload={reload} graph={graph} />
    </article>
  );
}

/** The last reload in one line, under a plan for the next. */
export function LastReloadLine({ reload }: { reload: Reload }) {
  return (
    <p className="last-line">
      <Verdict reload={reload} />
      <span title={reload.message}>{reload.message}</span>
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
