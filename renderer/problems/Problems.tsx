import { useMemo } from 'react';
import { useSession } from '../state/store.ts';
import { CrateItem } from './CrateItem.tsx';
import { Leftovers, NothingShown } from './ProblemLines.tsx';
import { groupProblems } from './problemGroups.ts';
import { filtered, useProblemsView } from './problemsStore.ts';
import './problems.css';

/** Lists what the last build complained about, by crate and file. */
export function Problems() {
  const problems = useSession((session) => session.problems);
  const old = useSession((session) => session.build.name === 'building') && problems.length > 0;
  const only = useProblemsView((view) => view.only);
  const shown = useMemo(() => filtered(problems, only), [problems, only]);
  const groups = useMemo(() => groupProblems(shown), [shown]);
  const errors = shown.filter(({ level }) => level === 'error').length;
  return (
    <div className="problems-view">
      {shown.length === 0 ? (
        <NothingShown />
      ) : (
        <div className="problems-scroll">
          <ul className="problems" aria-label="Problems" data-old={old}>
            {groups.map((group) => (
              <CrateItem key={group.crate ?? ''} group={group} errors={errors} />
            ))}
          </ul>
        </div>
      )}
      <Leftovers />
    </div>
  );
}
