import { count } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import { ask } from '../state/actions.ts';
import { showTab, useSession } from '../state/store.ts';
import { showOnly, useProblemsView } from './problemsStore.ts';

/** Says what stands in no list: of very many problems only the first are told here. */
export function Leftovers() {
  const { errors, warnings } = useSession((session) => session.unlistedProblems);
  if (errors + warnings === 0) return null;
  const more = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''];
  return (
    <p className="problems-line">
      {list(more.filter((each) => each !== ''))} more not listed here.{' '}
      <button type="button" className="link" onClick={() => showTab('build')}>
        Show all in the Build tab
      </button>
    </p>
  );
}

/** Says why there is nothing to see, and what to do. */
export function NothingShown() {
  const build = useSession((session) => session.build.name);
  const hidden = useSession((session) => session.problems.length);
  const only = useProblemsView((view) => view.only);
  if (hidden > 0) {
    return (
      <p className="quiet">
        The last build had no {only}s.{' '}
        <button type="button" className="link" onClick={() => showOnly(null)}>
          Show {only === 'error' ? count(hidden, 'warning') : count(hidden, 'error')}
        </button>
      </p>
    );
  }
  if (build === 'building') {
    return <p className="quiet">A build is running. Problems will appear here.</p>;
  }
  if (build === 'failed') {
    return (
      <p className="quiet">
        The build failed, but not with a compiler error. See the Build tab for the output of cargo.{' '}
        <button type="button" className="link" onClick={() => showTab('build')}>
          Show it
        </button>
      </p>
    );
  }
  if (build === 'ok') return <p className="quiet">No problems in the last build.</p>;
  return (
    <p className="quiet">
      No build has run yet.{' '}
      <button type="button" className="link" onClick={() => void ask('build', {})}>
        Build now
      </button>
    </p>
  );
}
