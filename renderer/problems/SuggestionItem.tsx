import { useState } from 'react';
import type { Problem, Suggestion } from '#shared/contract.ts';
import { ask } from '../state/actions.ts';
import { useSession } from '../state/store.ts';
import { DiffTable } from '../ui/diff/DiffTable.tsx';
import { IconCheck } from '../ui/icons.tsx';
import { focusProblem } from './problemsStore.ts';

/** Shows a change that the compiler proposes, as a diff; applies it where the compiler is sure of it. */
export function SuggestionItem({ problem, suggestion }: { problem: Problem; suggestion: Suggestion }) {
  const { message, diffs, state } = suggestion;
  return (
    <section className="suggestion" aria-label={`Suggestion: ${message}`}>
      <div className="suggestion-head">
        <span>
          <span className="note-level">help</span> {message}
        </span>
        {state === 'offered' ? (
          <Apply problemId={problem.id} suggestionId={suggestion.id} />
        ) : state === 'applied' ? (
          <Applied />
        ) : (
          <span className="suggestion-note">{whyByHand(suggestion)}</span>
        )}
      </div>
      {diffs.map(({ file, hunks }) => (
        <div key={file}>
          {file === problem.file ? null : <div className="path">{file}</div>}
          <DiffTable hunks={hunks} label={`Changes in ${file}`} />
        </div>
      ))}
    </section>
  );
}

function Apply(params: { problemId: string; suggestionId: string }) {
  const [busy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    const applied = await ask('applySuggestion', params);
    setBusy(false);
    // The button goes, so the focus goes where the problem begins.
    if (applied) focusProblem(params.problemId);
  };
  return (
    <button
      type="button"
      className="button tiny"
      aria-disabled={busy}
      onClick={() => {
        if (!busy) void apply();
      }}
    >
      Apply suggestion
    </button>
  );
}

function Applied() {
  const onSave = useSession((session) => session.auto.buildOnSave);
  return (
    <span className="suggestion-note" role="status">
      <IconCheck /> Applied{onSave ? '' : '. Build to see the result.'}
    </span>
  );
}

/** Says why a suggestion has to be applied by hand. */
export function whyByHand({ applicability }: Pick<Suggestion, 'applicability'>): string {
  if (applicability === 'hasPlaceholders') return 'Contains placeholders; apply manually';
  if (applicability === 'machineApplicable') return 'Not only in this workspace’s sources; apply manually';
  return 'The compiler isn’t sure it is correct; apply manually';
}
