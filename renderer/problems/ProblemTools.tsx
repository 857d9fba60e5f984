import { useMemo } from 'react';
import { number } from '#shared/count.ts';
import { useSession } from '../state/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconArrowDown, IconArrowUp } from '../ui/icons.tsx';
import { countsOf, groupProblems, inShownOrder } from './problemGroups.ts';
import { filtered, goToProblem, type Level, showOnly, useProblemsView } from './problemsStore.ts';
import '../ui/chips.css';

/** Counts the problems, filters them, and goes from one to the next. */
export function ProblemTools() {
  const problems = useSession((session) => session.problems);
  const unlisted = useSession((session) => session.unlistedProblems);
  const only = useProblemsView((view) => view.only);
  const building = useSession((session) => session.build.name === 'building');
  const counts = useMemo(() => countsOf(problems), [problems]);
  if (problems.length === 0) return null;
  return (
    <div className="output-tools">
      {/* Up here nothing moves when a build begins. */}
      <span className="problems-old" role="status">
        {building ? 'From the previous build' : null}
      </span>
      <fieldset className="chips" aria-label="Severities">
        <Chip level="error" name="Errors" n={counts.errors + unlisted.errors} only={only} />
        <Chip level="warning" name="Warnings" n={counts.warnings + unlisted.warnings} only={only} />
      </fieldset>
      <Walk />
    </div>
  );
}

interface ChipProps {
  readonly level: Level;
  readonly name: string;
  readonly n: number;
  readonly only: Level | null;
}

function Chip({ level, name, n, only }: ChipProps) {
  const pressed = only === level;
  return (
    <button
      type="button"
      className="chip"
      data-level={level === 'error' ? 'error' : 'warn'}
      data-empty={n === 0}
      aria-pressed={pressed}
      title={pressed ? 'Show all problems' : `Show ${name.toLowerCase()} only`}
      onClick={() => showOnly(pressed ? null : level)}
    >
      {name}
      <span className="chip-count">{number(n)}</span>
    </button>
  );
}

/** `3 of 17`, and the buttons that go on from there. */
function Walk() {
  const problems = useSession((session) => session.problems);
  const only = useProblemsView((view) => view.only);
  const picked = useProblemsView((view) => view.picked);
  const ids = useMemo(
    () => inShownOrder(groupProblems(filtered(problems, only))).map(({ id }) => id),
    [problems, only],
  );
  const at = picked === null ? -1 : ids.indexOf(picked);
  return (
    <div className="problem-walk">
      <span className="problem-position" aria-live="polite">
        {at === -1 ? null : `${at + 1} of ${ids.length}`}
      </span>
      <IconButton
        label="Previous problem"
        title="Previous problem (Shift+F8)"
        disabled={ids.length === 0}
        onClick={() => goToProblem(-1)}
      >
        <IconArrowUp />
      </IconButton>
      <IconButton
        label="Next problem"
        title="Next problem (F8)"
        disabled={ids.length === 0}
        onClick={() => goToProblem(1)}
      >
        <IconArrowDown />
      </IconButton>
    </div>
  );
}
