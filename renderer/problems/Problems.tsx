import type { Problem } from '../../preload/contract.ts';
import { IconError, IconWarn } from '../shell/icons.tsx';
import { ask } from '../state/actions.ts';
import { useSession } from '../state/store.ts';
import { runsOf } from './ansi.ts';
import './ansi.css';
import './problems.css';

/** What the last build complained about; a click opens the place in the editor. */
export function Problems() {
  const problems = useSession((session) => session.problems);
  const build = useSession((session) => session.build.name);
  if (problems.length === 0) return <p className="quiet">{nothing(build)}</p>;
  return (
    <ul className="problems" aria-label="Problems">
      {problems.map((problem) => (
        <ProblemItem key={problem.id} problem={problem} />
      ))}
    </ul>
  );
}

function nothing(build: string): string {
  if (build === 'building') return 'A build is running: what it complains about shows up here.';
  return build === 'idle' ? 'No build has run yet.' : 'The last build complained about nothing.';
}

function ProblemItem({ problem }: { problem: Problem }) {
  const { level, message, code, rendered } = problem;
  const Icon = level === 'error' ? IconError : IconWarn;
  return (
    <li className="problem" data-level={level}>
      <button
        type="button"
        className="problem-head"
        title={problem.file === null ? 'This problem names no file' : 'Open in the editor'}
        disabled={problem.file === null}
        onClick={() => void ask('openProblem', { problemId: problem.id })}
      >
        <Icon />
        <span className="problem-level">{level}</span>
        <span className="problem-message">
          {message}
          {code === null ? null : <code> {code}</code>}
        </span>
        <span className="problem-place">{place(problem)}</span>
      </button>
      {rendered.trim() === '' ? null : (
        <details open={level === 'error'}>
          <summary>The compiler's words</summary>
          <pre className="rendered">
            {runsOf(rendered.trimEnd()).map((run, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the runs of one text never change places
              <span key={i} data-colour={run.colour ?? undefined} data-bold={run.bold}>
                {run.text}
              </span>
            ))}
          </pre>
        </details>
      )}
    </li>
  );
}

/** `api  src/api/lib.rs:12:5` */
function place({ file, line, column, package: crate }: Problem): string {
  const at =
    file === null
      ? ''
      : [file, line, line === null ? null : column].filter((part) => part !== null).join(':');
  return [crate ?? '', at].filter((part) => part !== '').join('  ');
}
