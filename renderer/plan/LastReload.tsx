import type { ModuleGraph, LastReload as Reload } from '../../preload/contract.ts';
import { clock, duration } from '../state/format.ts';
import { labelIn } from '../state/labels.ts';
import { useNow } from '../state/useNow.ts';

const TONES: Record<Reload['verdict'], string> = {
  running: 'busy',
  swapped: 'good',
  nothing: 'idle',
  partial: 'warn',
  crashed: 'bad',
  'timed out': 'bad',
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
        <ol className="steps" aria-label="Observed steps">
          {reload.steps.map(({ module, step, at }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
            <li key={i} data-step={step}>
              <span className="step-arrow" aria-hidden="true">
                {step === 'unload' ? '↑' : '↓'}
              </span>
              <span className="step-word">{step}</span>
              <span className="step-name">{labelIn(graph, module)}</span>
              <span className="step-at">{duration(at)}</span>
            </li>
          ))}
        </ol>
      )}
      {reload.stayed.length === 0 ? null : (
        <p className="last-stayed">
          Still the old image: {reload.stayed.map((name) => labelIn(graph, name)).join(', ')}
        </p>
      )}
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
