import type { ModuleGraph, LastReload as Reload, ReloadStep } from '#shared/contract.ts';
import { shortTime } from '#shared/duration.ts';
import { labelIn } from '../state/labels.ts';
import { pick, useSession } from '../state/store.ts';
import { IconArrowDown, IconArrowUp } from '../ui/icons.tsx';
import { type ModuleProgress, reloadProgress, whyHalted } from './reloadProgress.ts';
import './reloadUnderWay.css';

/** Shows a running reload along the plan: what went and came, what is next, and what is still to come. */
export function ReloadUnderWay({ reload, graph }: { reload: Reload; graph: ModuleGraph }) {
  const { unload, load, words } = reloadProgress(reload, graph.nodes);
  const standing = useSession(({ server }) => whyHalted(server));
  return (
    <div className="under-way">
      <p className="under-way-words" role="status">
        {standing ?? words}
      </p>
      {unload.length + load.length === 0 ? null : (
        <div className="orders">
          <Stages step="unload" stages={unload} graph={graph} />
          <Stages step="load" stages={load} graph={graph} />
        </div>
      )}
    </div>
  );
}

interface Props {
  readonly step: ReloadStep['step'];
  readonly stages: readonly ModuleProgress[];
  readonly graph: ModuleGraph;
}

function Stages({ step, stages, graph }: Props) {
  const Arrow = step === 'unload' ? IconArrowUp : IconArrowDown;
  return (
    <div className="order" data-step={step}>
      <h3>
        <Arrow /> {step === 'unload' ? 'Unload' : 'Load'}
      </h3>
      <ol aria-label={step === 'unload' ? 'Unload order' : 'Load order'}>
        {stages.map(({ name, state, at }, i) => (
          <li key={name} data-module={name} data-stage={state}>
            <span className="order-number" aria-hidden="true">
              {i + 1}
            </span>
            <div className="stage">
              <button type="button" className="order-name" title={name} onClick={() => pick(name)}>
                {labelIn(graph, name)}
              </button>
              <span className="stage-at" title={at === null ? undefined : 'After the reload began'}>
                {at === null ? (state === 'now' ? 'next' : '') : shortTime(at)}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
