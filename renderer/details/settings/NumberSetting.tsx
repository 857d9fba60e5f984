import { useEffect, useId, useState } from 'react';
import { Fact } from '../../ui/Fact.tsx';

interface Props {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly limits: readonly [number, number];
  readonly onChange: (value: number) => void;
}

/** Edits a whole number within limits. It takes effect when the field loses the focus, or on Enter. */
export function NumberSetting({ label, unit, value, limits, onChange }: Props) {
  const id = useId();
  const [draft, setDraft] = useState(String(value));
  const [least, most] = limits;
  useEffect(() => setDraft(String(value)), [value]);
  const number = Number(draft);
  const fits = draft.trim() !== '' && Number.isInteger(number) && number >= least && number <= most;

  const take = () => {
    if (!fits) setDraft(String(value));
    else if (number !== value) onChange(number);
  };

  return (
    <Fact term={<label htmlFor={id}>{label}</label>} setting>
      <input
        id={id}
        className="field number-field"
        type="number"
        min={least}
        max={most}
        step={1}
        aria-invalid={!fits}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape') setDraft(String(value));
        }}
      />
      {unit}
      {fits ? null : (
        <span className="setting-failure" role="status">
          from {least.toLocaleString('en')} to {most.toLocaleString('en')}
        </span>
      )}
    </Fact>
  );
}
