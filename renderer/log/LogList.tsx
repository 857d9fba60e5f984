import { useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { LogRecord, LogRun, Stream } from '#shared/contract.ts';
import { useRunSearch } from '../search/runSearchStore.ts';
import { EmptyLog } from './EmptyLog.tsx';
import { visible } from './invisibleCharacters.ts';
import { useAnchor, useFirstIndex, useFocusKept, useOpenInView, useStayAtEnd } from './listHooks.ts';
import { listKeys } from './listKeys.ts';
import { itemAtLine, type LogItem } from './logItems.ts';
import { type LogPages, takesLine } from './logPages.ts';
import type { LogReader, ReaderState } from './logReader.ts';
import { changeView, useLogView } from './logViewStore.ts';
import { DayRow, MarkRow } from './MarkRow.tsx';
import { RecordRow } from './RecordRow.tsx';
import { useRowLook } from './rowLook.ts';
import type { HitSpans } from './searchHighlights.ts';
import { useAim } from './useAim.ts';
import { useFollow } from './useFollow.ts';
import { useListActions } from './useListActions.ts';

interface Props {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly reader: LogReader;
  readonly state: ReaderState & { readonly pages: LogPages };
  readonly items: readonly LogItem[];
}

/** Lists the records of a run that fit the filters, and what happened between them. */
export function LogList({ stream, run, reader, state, items }: Props) {
  const list = useRef<VirtuosoHandle>(null);
  const body = useRef<HTMLDivElement>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { following, selected, open } = useLogView((views) => views[stream]);
  const first = useFirstIndex(items, state.opened, following);
  const { pages } = state;

  useFollow({
    scroller,
    following,
    atEnd: pages.atEnd,
    onFollow: (on) => changeView(stream, { following: on }),
  });
  useStayAtEnd({ list, items, following, scroller });
  useAim({ stream, list, reader, state, items });
  useFocusKept(body, state.opened);
  useAnchor(stream, scroller);
  useOpenInView(scroller, open ? selected : null);

  const actions = useListActions({ stream, run, reader, state, items, list, scroller });
  const look = useRowLook(run);
  const byLine = useRunSearch((search) => (search.run === run.id ? search.byLine : NOTHING));

  const row = (item: LogItem) => {
    if (item.kind === 'mark') return <MarkRow mark={item.mark} look={look} />;
    if (item.kind === 'day') return <DayRow time={item.time} look={look} />;
    const { record } = item;
    const isSelected = selected !== null && takesLine(record, selected);
    return (
      <RecordRow
        stream={stream}
        record={record}
        look={look}
        found={foundIn(record, byLine)}
        selected={isSelected}
        open={isSelected && open}
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
      <div className="offscreen" aria-live="polite">
        {selectedText(items, selected)}
      </div>
      {items.length === 0 ? <EmptyLog stream={stream} run={run} state={state} /> : null}
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
        rangeChanged={({ startIndex, endIndex }) => {
          if (startIndex - first < NEAR) reader.older();
          if (!following && first + items.length - endIndex < NEAR) reader.newer();
        }}
        scrollerRef={(element) => setScroller(element instanceof HTMLElement ? element : null)}
      />
    </div>
  );
}

/** So few rows from where the list ends, more is read. */
const NEAR = 60;
const NOTHING: HitSpans = new Map();

/** What a search found in a record; null: nothing. */
function foundIn({ line, lines }: LogRecord, byLine: HitSpans): HitSpans | null {
  if (byLine.size === 0) return null;
  for (let at = line; at < line + lines; at += 1) if (byLine.has(at)) return byLine;
  return null;
}

/** So much of a record is read out when it is selected. */
const SPOKEN_CHARS = 300;

/** The selected record for those who don't see it. */
function selectedText(items: readonly LogItem[], selected: number | null): string {
  if (selected === null) return '';
  const item = items.find((each) => each.kind === 'record' && takesLine(each.record, selected));
  if (item?.kind !== 'record') return '';
  const { level, target, message } = item.record;
  return [level, target, visible(message.slice(0, SPOKEN_CHARS))].filter((part) => part !== null).join(' ');
}
