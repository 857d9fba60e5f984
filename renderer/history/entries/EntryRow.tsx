import { memo } from 'react';
import { clock } from '#shared/time.ts';
import { EntryShape } from '../EntryShape.tsx';
import { writtenAt } from '../entryTexts.ts';
import type { ListedEntry } from '../historyStore.ts';

/** The height of a row, px: they are all the same, so that a place in the list is a place on screen. */
export const ROW = 26;

interface Props {
  /** Null: it is on its way. */
  readonly item: ListedEntry | null;
  /** From the oldest. */
  readonly place: number;
  readonly total: number;
  readonly picked: string | null;
  readonly now: number;
  readonly isStop: boolean;
  onPick(item: ListedEntry): void;
}

/** Shows one entry in a line. */
export const EntryRow = memo(
  function EntryRow({ item, place, total, picked, now, isStop, onPick }: Props) {
    const row = total - 1 - place;
    return (
      <li aria-posinset={row + 1} aria-setsize={total} style={{ top: row * ROW, height: ROW }}>
        <button
          type="button"
          className="entry"
          data-place={place}
          data-id={item?.entry.id}
          data-kind={item?.entry.kind}
          data-outcome={item?.entry.outcome}
          data-tone={item?.entry.tone}
          aria-current={item !== null && item.entry.id === picked ? 'true' : undefined}
          tabIndex={isStop ? 0 : -1}
          title={item?.text}
          onClick={() => item !== null && onPick(item)}
        >
          {item === null ? null : (
            <>
              <EntryShape entry={item.entry} />
              <span className="entry-time">{clock(writtenAt(item.entry), now)}</span>
              <span className="entry-text">{item.text}</span>
            </>
          )}
        </button>
      </li>
    );
  },
  (a, b) =>
    a.item === b.item &&
    a.place === b.place &&
    a.total === b.total &&
    a.now === b.now &&
    a.isStop === b.isStop &&
    (a.picked === a.item?.entry.id) === (b.picked === b.item?.entry.id),
);
