import type { ModuleGraph, LastReload as Reload, ReloadStep } from '../../preload/contract.ts';
import { IconArrowDown, IconArrowUp } from '../shell/icons.tsx';
import { clock, duration } from '../state/format.ts';
import { labelIn } from '../state/labels.ts';
import { useNow } from '../state/useNow.ts';
import { seenAtOnce } from './observed.ts';

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
};

const CAUSES: Record<Reload['cause'], string> = {
  reload: 'asked for here',
  terminal: 'a key in the terminal',
  'after-build': 'after a build',
  outside: 'from outside Hotdeck',
};

/** How the last reload went: the verdict, its sentence, and each step that the memory maps showed. */
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
      {reload.steps.length === 0 ? null : (
        <div className="orders">
          <Steps step="unload" reload={reload} graph={graph} />
          <Steps step="load" reload={reload} graph={graph} />
        </div>
      )}
      {seenAtOnce(reload.steps) ? (
        <p className="last-footnote">
          Steps with the same time were seen in one look at the memory maps: their order is the rule’s.
        </p>
      ) : null}
      {reload.disagreements.map((sentence) => (
        <p key={sentence} className="last-stayed">
          {sentence}
        </p>
      ))}
      {reload.lines.length === 0 ? null : (
        <section aria-label="Last lines of the server">
          <pre className="last-lines">{reload.lines.join('\n')}</pre>
        </section>
      )}
      {reload.stayed.length === 0 ? null : (
        <p className="last-stayed">
          Still the old image: {reload.stayed.map((name) => labelIn(graph, name)).join(', ')}
        </p>
      )}
    </article>
  );
}

/** What was seen to go, or to come, and when. */
function Steps({ step, reload, graph }: { step: ReloadStep['step']; reload: Reload; graph: ModuleGraph }) {
  const Arrow = step === 'unload' ? IconArrowUp : IconArrowDown;
  return (
    <div className="order" data-step={step}>
      <h3>
        <Arrow /> {step === 'unload' ? 'Unloaded' : 'Loaded'}
      </h3>
      <ol aria-label={step === 'unload' ? 'Observed unloads' : 'Observed loads'}>
        {reload.steps
          .filter((each) => each.step === step)
          .map(({ module, at }) => (
            <li key={`${module} ${at}`} className="step">
              <span className="step-name">{labelIn(graph, module)}</span>
              <span className="step-at">{at < 10 ? `${at.toFixed(1)} ms` : duration(at)}</span>
            </li>
          ))}
      </ol>
    </div>
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
