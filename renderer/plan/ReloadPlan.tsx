import { useEffect, useMemo, useRef } from 'react';
import type { Plan, LastReload as Reload } from '#shared/contract.ts';
import { changesIn } from '../state/availability.ts';
import { useSession } from '../state/store.ts';
import { Findings } from './Findings.tsx';
import { LastReload, LastReloadLine } from './LastReload.tsx';
import { NothingToReload } from './NothingToReload.tsx';
import { OrderList } from './OrderList.tsx';
import { allFindings } from './planFindings.ts';
import { ReloadUnderWay } from './ReloadUnderWay.tsx';
import { UnloadedAlong } from './UnloadedAlong.tsx';
import './plan.css';

const RULES: Record<Plan['rule'], string> = {
  stack: 'Rule of this server: unload from the top of the stack down to the first module that is not stale.',
  dependents: 'Rule of this server: every stale module and all that depend on it.',
  all: 'Rule of this server: every open module, changed or not.',
};

const GONE_WRONG: ReadonlySet<Reload['verdict']> = new Set([
  'stuck',
  'partial',
  'refused',
  'timed out',
  'crashed',
]);

/** Shows what a reload would do; after one, what it did. */
export function ReloadPlan() {
  const plan = useSession((session) => session.plan);
  const graph = useSession((session) => session.graph);
  const reload = useSession((session) => session.lastReload);
  const building = useSession((session) => session.build.name === 'building');
  const findings = useMemo(() => allFindings(plan, building), [plan, building]);
  const running = reload?.verdict === 'running';
  const isStatic = useSession((session) => session.mode.name === 'static');
  const planned = !isStatic && (plan.unload.length > 0 || plan.load.length > 0);
  const something =
    (planned && changesIn(plan) > 0) ||
    (!isStatic && (plan.restart.length > 0 || plan.leftBehind.length > 0));
  const builtAt = useSession((session) => (session.build.name === 'ok' ? session.build.at : 0));
  // A reload that went wrong stays in full until there is something new to try.
  const wrong = reload !== null && GONE_WRONG.has(reload.verdict) && builtAt < reload.startedAt;
  const top = useFirstLook(reload?.number ?? 0);
  return (
    <section ref={top} className="card plan" aria-label="Reload plan">
      <h2>
        {running ? 'Reloading' : 'Reload plan'}
        {planned && !running ? (
          <span className="rule" title={RULES[plan.rule]}>
            rule: {plan.rule}
          </span>
        ) : null}
      </h2>
      {running && reload !== null ? (
        <ReloadUnderWay reload={reload} graph={graph} />
      ) : (
        <>
          {reload !== null && (wrong || !something) ? <LastReload reload={reload} graph={graph} /> : null}
          <Findings findings={findings} plan={plan} graph={graph} />
          {something ? null : <NothingToReload />}
          {planned ? (
            <div className="orders">
              <OrderList step="unload" plan={plan} graph={graph} />
              <OrderList step="load" plan={plan} graph={graph} />
            </div>
          ) : null}
          {planned ? <UnloadedAlong names={plan.along} graph={graph} /> : null}
          {building && something ? <Unfinished /> : null}
          {something && !wrong && reload !== null ? <LastReloadLine reload={reload} /> : null}
        </>
      )}
    </section>
  );
}

/** Another reload is something to look at from its beginning, wherever the last one was scrolled to. */
function useFirstLook(reload: number) {
  const section = useRef<HTMLElement>(null);
  const before = useRef(reload);
  useEffect(() => {
    if (before.current === reload) return;
    before.current = reload;
    section.current?.scrollTo({ top: 0 });
  }, [reload]);
  return section;
}

/** Half-way through a build the libraries do not fit together yet: no reason to alarm anyone. */
function Unfinished() {
  return <p className="unfinished">A build is running: the plan changes as it replaces libraries.</p>;
}
