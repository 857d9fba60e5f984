import { type HistoryPart, RANGES, setDays, showPart, useNumbers } from './numbersStore.ts';

const PARTS: readonly { id: HistoryPart; name: string; title: string }[] = [
  { id: 'timeline', name: 'Timeline', title: 'Events in order' },
  { id: 'numbers', name: 'Numbers', title: 'How long builds and reloads take, and how that changes' },
];

/** Chooses which part of the history is on screen. */
export function PartSwitch() {
  const shown = useNumbers((numbers) => numbers.part);
  return (
    <fieldset className="view-switch" aria-label="View">
      {PARTS.map(({ id, name, title }) => (
        <button key={id} type="button" aria-pressed={shown === id} title={title} onClick={() => showPart(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

/** Chooses the period that the numbers cover. */
export function NumbersTools() {
  const days = useNumbers((numbers) => numbers.days);
  return (
    <fieldset className="view-switch numbers-ranges" aria-label="Range">
      {RANGES.map((range) => (
        <button
          key={range.days}
          type="button"
          aria-pressed={range.days === days}
          onClick={() => setDays(range.days)}
        >
          {range.name}
        </button>
      ))}
    </fieldset>
  );
}
