import type { ModuleGraph, Plan, LastReload as Reload } from '../../preload/contract.ts';
import { IconWarn } from '../shell/icons.tsx';
import { list } from '../state/format.ts';
import { labelIn } from '../state/labels.ts';
import { useSession } from '../state/store.ts';
import { LastReload, LastReloadLine } from './LastReload.tsx';
import { NothingToReload } from './NothingToReload.tsx';
import { OrderList } from './OrderList.tsx';
import './plan.css';

const RULES: Record<Plan['rule'], string> = {
  stack: 'Rule of this server: unload from the top of the stack down to the first module that is not stale.',
  dependents: 'Rule of this server: every stale module and all that depend on it.',
};

const GONE_WRONG: ReadonlySet<Reload['verdict']> = new Set([
  'stuck',
  'partial',
  'refused',
  'timed out',
  'crashed',
]);

/** What a reload would do; after one, what it did. */
export function ReloadPlan() {
  const plan = useSession((session) => session.plan);
  const graph = useSession((session) => session.graph);
  const reload = useSession((session) => session.lastReload);
  const building = useSession((session) => session.build.name === 'building');
  const running = reload?.verdict === 'running';
  const planned = plan.unload.length > 0 || plan.load.length > 0;
  const something = planned || plan.restart.length > 0 || plan.leftBehind.length > 0;
  const builtAt = useSession((session) => (session.build.name === 'ok' ? session.build.at : 0));
  // A reload that went wrong stays in full until there is something new to try.
  const wrong = reload !== null && GONE_WRONG.has(reload.verdict) && builtAt < reload.startedAt;
  return (
    <section className="card plan" aria-label="Reload plan">
      <h2>
        {running ? 'Reloading' : 'Reload plan'}
        {planned && !running ? (
          <span className="rule" title={RULES[plan.rule]}>
            rule: {plan.rule}
          </span>
        ) : null}
      </h2>
      {running && reload !== null ? (
        <LastReload reload={reload} graph={graph} />
      ) : (
        <>
          {reload !== null && (wrong || !something) ? <LastReload reload={reload} graph={graph} /> : null}
          <Restart plan={plan} graph={graph} />
          {planned ? (
            <div className="orders">
              <OrderList step="unload" names={plan.unload} reasons={plan.reasons} graph={graph} />
              <OrderList step="load" names={plan.load} reasons={plan.reasons} graph={graph} />
            </div>
          ) : null}
          {building ? something && <Unfinished /> : <LeftBehind plan={plan} graph={graph} />}
          {something ? null : <NothingToReload />}
          {something && !wrong && reload !== null ? <LastReloadLine reload={reload} /> : null}
        </>
      )}
    </section>
  );
}

function Restart({ plan, graph }: { plan: Plan; graph: ModuleGraph }) {
  if (plan.restart.length === 0) return null;
  const labels = plan.restart.map((name) => labelIn(graph, name));
  return (
    <div className="note" data-tone="restart">
      <p>
        <strong>Restart needed for {list(labels)}:</strong>{' '}
        {labels.length === 1 ? 'it can’t be swapped' : 'they can’t be swapped'} while the server runs. Press
        Restart to take what is on disk.
      </p>
      <Reasons names={plan.restart} plan={plan} graph={graph} />
    </div>
  );
}

/** Half-way through a build the libraries do not fit together yet: no reason to alarm anyone. */
function Unfinished() {
  return <p className="unfinished">A build is running: the plan changes as it replaces libraries.</p>;
}

function LeftBehind({ plan, graph }: { plan: Plan; graph: ModuleGraph }) {
  if (plan.leftBehind.length === 0) return null;
  return (
    <div className="note" data-tone="warn">
      <p>
        <IconWarn />
        <strong>
          {list(plan.leftBehind.map((name) => labelIn(graph, name)))} will keep running the old code under
          this rule
        </strong>{' '}
        ({plan.rule}).
      </p>
      <Reasons names={plan.leftBehind} plan={plan} graph={graph} />
    </div>
  );
}

/** Why each of these is where it is, a line each. */
function Reasons({ names, plan, graph }: { names: readonly string[]; plan: Plan; graph: ModuleGraph }) {
  return (
    <ul className="reasons">
      {names.map((name) =>
        plan.reasons[name] === undefined ? null : (
          <li key={name} data-module={name}>
            <span className="reason-name">{labelIn(graph, name)}</span> {plan.reasons[name]}
          </li>
        ),
      )}
    </ul>
  );
}
