import { type KeyboardEvent, type Ref, useId } from 'react';
import type { Failure, LogPattern } from '#shared/contract.ts';
import './patternField.css';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly pattern: LogPattern;
  /** Why the pattern is none. */
  readonly failure: Failure | null;
  readonly onChange: (parts: Partial<LogPattern>) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly field?: Ref<HTMLInputElement>;
}

/** Edits a text or a regular expression, case-sensitive or not. */
export function PatternField({ label, placeholder, pattern, failure, onChange, onKeyDown, field }: Props) {
  const id = useId();
  const bad = failure !== null;
  return (
    <span className="field pattern-field" data-bad={bad}>
      <input
        ref={field}
        type="search"
        aria-label={label}
        aria-invalid={bad}
        aria-describedby={bad ? id : undefined}
        placeholder={placeholder}
        spellCheck={false}
        maxLength={1000}
        value={pattern.text}
        onChange={(event) => onChange({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <Toggle
        label="Match case"
        text="Aa"
        on={pattern.caseSensitive}
        onToggle={(caseSensitive) => onChange({ caseSensitive })}
      />
      <Toggle
        label="Regular expression"
        text=".*"
        on={pattern.regex}
        onToggle={(regex) => onChange({ regex })}
      />
      {bad ? (
        <span id={id} className="field-failure" role="status">
          {failure.message} {failure.remedy}
        </span>
      ) : null}
    </span>
  );
}

function Toggle({
  label,
  text,
  on,
  onToggle,
}: {
  label: string;
  text: string;
  on: boolean;
  onToggle: (on: boolean) => void;
}) {
  return (
    <button
      type="button"
      className="field-toggle"
      aria-label={label}
      aria-pressed={on}
      title={label}
      onClick={() => onToggle(!on)}
    >
      {text}
    </button>
  );
}
