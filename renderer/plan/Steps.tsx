import type { ModuleGraph, LastReload as Reload, ReloadStep } from '#shared/contract.ts';
import { shortTime } from '#shared/duration.ts';
import { labelIn } from '../state/labels.ts';
import { IconArrowDown, IconArrowUp } from '../ui/icons.tsx';
import { awayTimes } from './reloadSteps.ts';

interface Props {
  readonly step: ReloadStep['step'];
  readonly reload: Reload;
  readonly graph: ModuleGraph;
}

/** Who says so is part of what is said: the maps prove a step, the log only claims it. */
const WORDS = {
  maps: {
    unload: { heading: 'Unloaded', list: 'Observed unloads' },
    load: { heading: 'Loaded', list: 'Observed loads' },
  },
  log: {
    unload: { heading: 'Unloaded, according to the log', list: 'Unloads in the log' },
    load: { heading: 'Loaded, according to the log', list: 'Loads in the log' },
  },
} as const;

/** Lists what went or came, and when; for what came, how long it was away. */
export function Steps({ step, reload, graph }: Props) {
  const Arrow = step === 'unload' ? IconArrowUp : IconArrowDown;
  const words = WORDS[reload.evidence][step];
  const steps = reload.steps.filter((each) => each.step === step);
  const away = awayTimes(step === 'load' ? reload.steps : []);
  return (
    <div className="order" data-step={step}>
      <h3>
        <Arrow /> {words.heading}
      </h3>
      <ol aria-label={words.list}>
        {steps.map(({ module, at }) => (
          <li key={`${module} ${at}`} className="step">
            <span className="step-name">{labelIn(graph, module)}</span>
            <span className="step-times">
              <Away ms={away.get(module)} />
              <span className="step-at" title="After the reload began">
                {shortTime(at)}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {steps.length === 0 && reload.verdict !== 'running' ? <p className="step-none">nothing</p> : null}
    </div>
  );
}

function Away({ ms }: { ms: number | undefined }) {
  if (ms === undefined) return null;
  return (
    <span className="step-away" title="Time between unloading and loading">
      away {shortTime(ms)}
    </span>
  );
}
