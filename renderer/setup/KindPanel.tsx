import { useId } from 'react';
import type { KindFinding } from '#shared/contract.ts';
import { CHOICES, choiceOf, fromWords, KINDS } from './kinds.ts';
import { changeSetup, useSetup } from './setupStore.ts';
import './kind.css';

const AS_DETECTED = '';

/** Shows the kind of the workspace and its evidence, and lets the user choose another one. */
export function KindPanel({ kind }: { kind: KindFinding }) {
  const id = useId();
  const busy = useSetup((state) => state.busy !== null);
  const { title, needs } = KINDS[kind.kind];
  const isSet = kind.from === 'hotdeck.json';
  return (
    <section className="kind" aria-label="Kind of workspace">
      <div className="kind-words">
        <h2>
          Kind: {title} <span className="kind-from">{fromWords(kind)}</span>
        </h2>
        <p>{needs}</p>
        <p className="kind-evidence">
          <strong>Evidence:</strong> {kind.evidence}
        </p>
      </div>
      <div className="kind-choice">
        <label htmlFor={id}>Kind</label>
        <select
          id={id}
          className="field"
          disabled={isSet || busy}
          title={isSet ? 'hotdeck.json sets the kind' : undefined}
          value={kind.from === 'detected' ? AS_DETECTED : kind.kind}
          onChange={(event) => void changeSetup('useKind', { kind: choiceOf(event.target.value) })}
        >
          <option value={AS_DETECTED}>as detected: {KINDS[kind.detected].title}</option>
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {KINDS[choice].title}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}
