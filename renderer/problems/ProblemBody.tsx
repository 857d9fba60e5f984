import { useMemo } from 'react';
import type { Problem, ProblemSpan } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { ask } from '../state/actions.ts';
import { AnsiText } from '../ui/ansi/AnsiText.tsx';
import { type Note, sectionsOf, withoutPlace } from './problemSections.ts';
import { SuggestionItem } from './SuggestionItem.tsx';

/** More remarks than these begin folded. */
const OPEN_NOTES = 2;

/** Shows what the compiler drew, its notes, and its suggestions. */
export function ProblemBody({ problem }: { problem: Problem }) {
  const { frame, notes } = useMemo(() => sectionsOf(problem.rendered), [problem.rendered]);
  const proposed = new Set(problem.suggestions.map(({ message }) => message));
  const remarks = notes.filter(({ level, message }) => !(level === 'help' && proposed.has(message)));
  const spanOf = (note: Note): ProblemSpan | null =>
    problem.children.find(({ message }) => message.split('\n')[0] === note.message)?.span ?? null;
  const items = remarks.map((note, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the remarks of one text never change places
    <NoteItem key={i} note={note} span={spanOf(note)} />
  ));
  return (
    <div className="problem-body">
      {frame === '' ? null : (
        <pre className="rendered">
          <AnsiText text={withoutPlace(frame)} />
        </pre>
      )}
      {problem.suggestions.map((suggestion) => (
        <SuggestionItem key={suggestion.id} problem={problem} suggestion={suggestion} />
      ))}
      {remarks.length > OPEN_NOTES ? (
        <details className="problem-notes">
          <summary>{count(remarks.length, 'note')}</summary>
          <ul>{items}</ul>
        </details>
      ) : remarks.length > 0 ? (
        <ul className="problem-notes">{items}</ul>
      ) : null}
    </div>
  );
}

function NoteItem({ note: { level, message, body }, span }: { note: Note; span: ProblemSpan | null }) {
  const place = span === null ? null : `${span.file}:${span.line}:${span.column}`;
  return (
    <li>
      <span className="note-level">{level}</span> {message}
      {place === null ? null : (
        <button
          type="button"
          className="link note-place"
          title={`Open ${place} in the editor`}
          onClick={() => void ask('openPlace', { text: place })}
        >
          {place}
        </button>
      )}
      {body === '' ? null : (
        <pre className="rendered">
          <AnsiText text={place === null ? body : withoutPlace(body)} />
        </pre>
      )}
    </li>
  );
}
