import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type ListRange, Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { LogRecord, LogRun, Stream } from '../../preload/contract.ts';
import { useDisplay } from '../state/display.ts';
import { useRunSearch } from '../state/runSearch.ts';
import { useNow } from '../state/useNow.ts';
import { FIRST_INDEX, firstIndexOf, itemAtLine, type LogItem } from './items.ts';
import { listKeys } from './listKeys.ts';
import { DayRow, MarkRow } from './MarkRow.tsx';
import { endOf, type LogPages } from './pages.ts';
import { type Found, RecordRow } from './RecordRow.tsx';
import type { LogReader, ReaderState } from './reader.ts';
import { useAim } from './useAim.ts';
import { useFollow } from './useFollow.ts';
import { useListActions } from './useListActions.ts';
import { changeFilters, changeView, useLogView } from './view.ts';

interface Props {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly reader: LogReader;
  readonly state: ReaderState & { readonly pages: LogPages };
  readonly items: readonly LogItem[];
}

/** The records of a run that fit the filters, and what happened between them. */
export function LogList({ stream, run, reader, state, items }: Props) {
  const list = useRef<VirtuosoHandle>(null);
  const body = useRef<HTMLDivElement>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { following, selected, open } = useLogView((views) => views[stream]);
  const first = useFirstIndex(items, state.opened);
  const visible = useRef<ListRange>({ startIndex: first, endIndex: first });
  const { pages } = state;

  useFollow({
    scroller,
    following,
    atEnd: pages.atEnd,
    onFollow: (on) => changeView(stream, { following: on }),
  });
  useStayAtEnd(list, items, following, scroller);
  useAim({ stream, list, reader, state, items });
  useFocusKept(body, state.opened);
  useAnchor(stream, () => items[middle(visible.current) - first]);

  const actions = useListActions({
    stream,
    run,
    reader,
    state,
    items,
    list,
    scroller,
    visible: () => visible.current.startIndex - first,
  });
  const look = useRowLook(run);
  const byLine = useRunSearch((search) => (search.run === run.id ? search.byLine : NOTHING));

  const row = (item: LogItem) => {
    if (item.kind === 'mark') return <MarkRow mark={item.mark} now={look.now} />;
    if (item.kind === 'day') return <DayRow text={item.text} />;
    const { record } = item;
    const isSelected = selected !== null && record.line <= selected && selected < endOf(record);
    return (
      <RecordRow
        record={record}
        look={look}
        found={foundIn(record, byLine)}
        selected={isSelected}
        open={isSelected && open}
        onPick={actions.pick}
        onTarget={(target) => changeFilters(stream, { target })}
      />
    );
  };

  return (
    <div
      ref={body}
      role="feed"
      className="log-feed"
      aria-label={`${stream === 'server' ? 'Server' : 'Build'} log`}
      aria-busy={state.busy !== 'no'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move in the list, as in any that scrolls
      tabIndex={0}
      onKeyDown={listKeys(actions)}
    >
      <Virtuoso
        key={state.opened}
        ref={list}
        className="log-list"
        tabIndex={-1}
        data={items}
        firstItemIndex={first}
        initialTopMostItemIndex={
          state.at === null
            ? { index: 'LAST', align: 'end' }
            : { index: Math.max(0, itemAtLine(items, state.at)), align: 'center' }
        }
        computeItemKey={(_, item) => item.key}
        itemContent={(_, item) => row(item)}
        increaseViewportBy={300}
        startReached={() => reader.older()}
        endReached={() => {
          if (!following) reader.newer();
        }}
        rangeChanged={(range) => {
          visible.current = range;
        }}
        totalListHeightChanged={() => {
          if (following) scroller?.scrollTo({ top: scroller.scrollHeight });
        }}
        scrollerRef={(element) => setScroller(element instanceof HTMLElement ? element : null)}
      />
    </div>
  );
}

const NOTHING: Found = new Map();

const middle = ({ startIndex, endIndex }: ListRange): number => Math.floor((startIndex + endIndex) / 2);

/** What a search found in a record; null: nothing. */
function foundIn({ line, lines }: LogRecord, byLine: Found): Found | null {
  if (byLine.size === 0) return null;
  for (let at = line; at < line + lines; at += 1) if (byLine.has(at)) return byLine;
  return null;
}

function useRowLook(run: LogRun) {
  const times = useDisplay((display) => display.times);
  const colours = useDisplay((display) => display.colours);
  const now = useNow(times === 'ago' ? 1000 : 60_000);
  const { started } = run;
  return useMemo(() => ({ times, colours, started, now }), [times, colours, started, now]);
}

/** The index of the first item, such that those that were there before keep theirs. */
function useFirstIndex(items: readonly LogItem[], opened: number): number {
  const kept = useRef<{ items: readonly LogItem[]; first: number; opened: number }>({
    items: [],
    first: FIRST_INDEX,
    opened: -1,
  });
  return useMemo(() => {
    const before = kept.current;
    const first = opened === before.opened ? firstIndexOf(before.items, before.first, items) : FIRST_INDEX;
    kept.current = { items, first, opened };
    return first;
  }, [items, opened]);
}

function useStayAtEnd(
  list: React.RefObject<VirtuosoHandle | null>,
  items: readonly LogItem[],
  following: boolean,
  scroller: HTMLElement | null,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the items or brings the list about
  useLayoutEffect(() => {
    if (following) list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  }, [list, items, following, scroller]);
}

/** A list that begins anew would lose the focus. */
function useFocusKept(body: React.RefObject<HTMLDivElement | null>, opened: number): void {
  const had = useRef(false);
  useEffect(() => {
    const note = () => {
      const { activeElement } = document;
      if (activeElement !== document.body) had.current = body.current?.contains(activeElement) === true;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [body]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that the list begins anew
  useLayoutEffect(() => {
    if (had.current && document.activeElement === document.body) body.current?.focus({ preventScroll: true });
  }, [body, opened]);
}

/** Remembers which line was in the middle when the list goes. */
function useAnchor(stream: Stream, inMiddle: () => LogItem | undefined): void {
  const latest = useRef(inMiddle);
  latest.current = inMiddle;
  useEffect(
    () => () => {
      const item = latest.current();
      if (item?.kind === 'record') changeView(stream, { anchor: item.record.line });
    },
    [stream],
  );
}
