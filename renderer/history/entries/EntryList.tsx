import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useNow } from '../../ui/useNow.ts';
import { bringIntoView, type ListedEntry, pickEntry, useHistory } from '../historyStore.ts';
import { EntryFilters } from './EntryFilters.tsx';
import { EntryRow, ROW } from './EntryRow.tsx';
import { useEntries } from './useEntries.ts';
import { useRowWindow } from './useRowWindow.ts';

/** Rows that are drawn beyond what is in view. */
const BESIDE = 8;

/** Lists everything that happened, latest first, each with a sentence. */
export function EntryList({ onEnter }: { onEnter: () => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { total, items, want, find } = useEntries();
  const picked = useHistory((history) => history.picked);
  const now = useNow(60_000);
  /** The row that the Tab key reaches, counted from the oldest; null: the latest. */
  const [stop, setStop] = useState<number | null>(null);
  const focusNext = useRef(false);
  const rows = total ?? 0;

  const { first, last, height, scrollTo } = useRowWindow(scroller, rows, ROW, BESIDE);
  useEffect(() => {
    if (rows > 0 && last >= first) want(rows - 1 - last, rows - 1 - first);
  }, [want, rows, first, last]);

  // What is picked elsewhere comes into view here.
  const own = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is picked, or the list is another
  useEffect(() => {
    if (picked === null || own.current === picked) return;
    let gone = false;
    void find(picked).then((place) => {
      if (gone || place === null) return;
      own.current = picked;
      setStop(place);
      scrollTo((useTotal.current ?? 0) - 1 - place);
    });
    return () => {
      gone = true;
    };
  }, [picked, find]);
  const useTotal = useRef(total);
  useTotal.current = total;

  const choose = (item: ListedEntry): void => {
    own.current = item.entry.id;
    pickEntry(item.entry);
    bringIntoView(item.entry.at, item.entry.took);
  };

  const go = (row: number): void => {
    const bounded = Math.min(rows - 1, Math.max(0, row));
    const place = rows - 1 - bounded;
    focusNext.current = true;
    setStop(place);
    scrollTo(bounded);
    const item = items.get(place);
    if (item !== undefined) choose(item);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || rows === 0) return;
    const row = rows - 1 - (stop ?? rows - 1);
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const to = {
      ArrowDown: row + 1,
      ArrowUp: row - 1,
      PageDown: row + page,
      PageUp: row - page,
      Home: 0,
      End: rows - 1,
    }[event.key];
    if (to !== undefined) go(to);
    else if (event.key === 'Escape') pickEntry(null);
    else if (event.key === 'Enter' && items.get(stop ?? rows - 1)?.entry.id === picked) onEnter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-place="${stop ?? ''}"]`)
      ?.focus({ preventScroll: true });
  }, [stop]);

  const shown: number[] = [];
  for (let row = first; row <= last; row += 1) shown.push(rows - 1 - row);
  // The one with the focus stays, also out of view.
  if (stop !== null && stop < rows && !shown.includes(stop)) shown.push(stop);

  return (
    <div className="entries">
      <EntryFilters />
      <div ref={scroller} className="entries-scroll">
        {total === 0 ? <NoEntries /> : null}
        <ul aria-label="Events" style={{ height: rows * ROW }} onKeyDown={onKeyDown}>
          {shown.map((place) => (
            <EntryRow
              key={place}
              item={items.get(place) ?? null}
              place={place}
              total={rows}
              picked={picked}
              now={now}
              isStop={place === (stop ?? rows - 1)}
              onPick={(item) => {
                setStop(place);
                choose(item);
              }}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}

function NoEntries() {
  const { kinds, wrong } = useHistory();
  const filtered = kinds.length > 0 || wrong;
  return (
    <p className="quiet">{wrong ? 'No failures.' : filtered ? 'No matching events.' : 'No events yet.'}</p>
  );
}
