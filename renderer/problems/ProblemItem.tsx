import { type RefObject, useEffect, useId, useRef } from 'react';
import { stripAnsi } from '#shared/ansi.ts';
import type { Problem } from '#shared/contract.ts';
import { ask } from '../state/actions.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { IconChevron, IconError, IconOpen, IconWarn } from '../ui/icons.tsx';
import { ProblemBody } from './ProblemBody.tsx';
import { dropAim, fold, opensByItself, pickProblem, useProblemsView } from './problemsStore.ts';

/** Shows a problem: its headline, which unfolds the rest, and its place, which opens in the editor. */
export function ProblemItem({ problem, errors }: { problem: Problem; errors: number }) {
  const { id, level, message, code } = problem;
  const open = useProblemsView((view) => view.folds.get(id)) ?? opensByItself(problem, errors);
  const picked = useProblemsView((view) => view.picked === id);
  const head = useRef<HTMLButtonElement>(null);
  const body = useId();
  useAimed(id, head);
  const Icon = level === 'error' ? IconError : IconWarn;
  return (
    <li className="problem" data-level={level} data-problem={id} data-picked={picked}>
      <div className="problem-row">
        <button
          ref={head}
          type="button"
          className="problem-head"
          aria-expanded={open}
          aria-controls={body}
          aria-current={picked}
          onClick={() => {
            pickProblem(id);
            fold(id, !open);
          }}
        >
          <IconChevron />
          <Icon />
          <span className="problem-level">{level}</span>
          <span className="problem-message">
            {message}
            {code === null ? null : <code> {code}</code>}
          </span>
        </button>
        <span className="problem-tools">
          <CopyButton text={stripAnsi(problem.rendered).trimEnd()} what="message" />
          <OpenButton problem={problem} />
        </span>
      </div>
      <div id={body} hidden={!open}>
        {open ? <ProblemBody problem={problem} /> : null}
      </div>
    </li>
  );
}

function OpenButton({ problem: { id, file, line, column } }: { problem: Problem }) {
  if (file === null) return null;
  const place = `${line ?? 1}:${column ?? 1}`;
  return (
    <button
      type="button"
      className="button bare tiny problem-place"
      aria-label={`Open ${file}:${place}`}
      title={`Open ${file}:${place} in the editor`}
      onClick={() => {
        pickProblem(id);
        void ask('openProblem', { problemId: id });
      }}
    >
      <span className="offscreen">{file}:</span>
      {place}
      <IconOpen />
    </button>
  );
}

/** Brings the problem into view and gives it the focus when it was gone to. */
function useAimed(id: string, head: RefObject<HTMLButtonElement | null>): void {
  const aimed = useProblemsView((view) => view.aim === id);
  useEffect(() => {
    if (!aimed) return;
    dropAim();
    head.current?.focus({ preventScroll: true });
    head.current?.closest('.problem')?.scrollIntoView({ block: 'nearest' });
    // Of one that is higher than the pane the beginning counts.
    head.current?.scrollIntoView({ block: 'nearest' });
  }, [aimed, head]);
}
