import type { ModuleGraph, Plan } from '#shared/contract.ts';
import { labelIn } from '../state/labels.ts';
import { pick, useWindow } from '../state/store.ts';
import { IconArrowDown, IconArrowUp } from '../ui/icons.tsx';

interface Props {
  readonly step: 'unload' | 'load';
  readonly plan: Plan;
  readonly graph: ModuleGraph;
}

/** Lists modules in the order in which they go or come, each with its reason. */
export function OrderList({ step, plan, graph }: Props) {
  const { [step]: names, reasons, unchanged } = plan;
  const picked = useWindow((state) => state.picked);
  const Arrow = step === 'unload' ? IconArrowUp : IconArrowDown;
  return (
    <div className="order" data-step={step}>
      <h3>
        <Arrow /> {step === 'unload' ? 'Unload' : 'Load'}
      </h3>
      <ol aria-label={step === 'unload' ? 'Unload order' : 'Load order'}>
        {names.map((name, i) => (
          <li
            key={name}
            data-module={name}
            data-picked={picked === name}
            data-unchanged={unchanged.includes(name)}
          >
            <span className="order-number" aria-hidden="true">
              {i + 1}
            </span>
            <div>
              <button type="button" className="order-name" title={name} onClick={() => pick(name)}>
                {labelIn(graph, name)}
              </button>
              {unchanged.includes(name) ? <Unchanged /> : null}
              {reasons[name] === undefined ? null : <p className="order-reason">{reasons[name]}</p>}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Its code on disk is what runs: it comes back as a new instance of the same. */
function Unchanged() {
  return (
    <span className="order-unchanged" title="Its code is the same; the contents of its statics are lost">
      unchanged
    </span>
  );
}
