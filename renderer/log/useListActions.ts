import type { RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { LogRecord, LogRun, Stream } from '#shared/contract.ts';
import { copyText } from '../ui/clipboard.ts';
import { lineInView } from './lineInView.ts';
import type { ListActions } from './listKeys.ts';
import { itemAtLine, type LogItem, reloadMark } from './logItems.ts';
import { type LogPages, takesLine } from './logPages.ts';
import type { LogReader, ReaderState } from './logReader.ts';
import { changeFilters, changeView, scrollToLine, useLogView } from './logViewStore.ts';
import { textOf } from './recordText.ts';

interface Options {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly reader: LogReader;
  readonly state: ReaderState & { readonly pages: LogPages };
  readonly items: readonly LogItem[];
  readonly list: RefObject<VirtuosoHandle | null>;
  readonly scroller: HTMLElement | null;
}

/** Returns what keys and clicks do in the list. */
export function useListActions(options: Options): ListActions {
  const { stream, run, reader, state, items, list, scroller } = options;
  const { selected, open, filters, following } = useLogView((views) => views[stream]);
  const change = (parts: Parameters<typeof changeView>[1]) => changeView(stream, parts);
  const at =
    selected === null
      ? -1
      : items.findIndex((item) => item.kind === 'record' && takesLine(item.record, selected));
  const current = items[at];
  const select = (record: LogRecord, isOpen: boolean) =>
    change({ selected: record.line, open: isOpen, following: false });

  return {
    move(step) {
      // Without a selection it begins with what is in view.
      const line = lineInView(scroller, step > 0 ? 0 : 0.9);
      const to = at === -1 ? itemAtLine(items, line ?? 0) : nextRecord(items, at, step);
      const item = items[to];
      if (item?.kind !== 'record') return;
      select(item.record, open);
      list.current?.scrollIntoView({ index: to });
    },
    toggle() {
      if (current?.kind === 'record') select(current.record, !open);
    },
    leave() {
      if (selected === null) return false;
      change(open ? { open: false } : { selected: null });
      return true;
    },
    toBegin() {
      change({ following: false });
      if (state.pages.before === null) list.current?.scrollToIndex({ index: 0 });
      else reader.open(state.filter, state.filter.since ?? run.firstLine);
    },
    toEnd: () => change({ following: true, selected: null, open: false }),
    page(step) {
      if (scroller === null) return;
      if (step < 0) change({ following: false });
      scroller.scrollBy({ top: step * scroller.clientHeight * 0.9 });
    },
    toReload(forward) {
      const from = selected ?? (following ? run.endLine + 1 : lineInView(scroller, 0.5)) ?? 0;
      const mark = reloadMark(run, from, forward);
      if (mark !== null) scrollToLine(stream, mark.line);
    },
    toggleSinceReload: () => changeFilters(stream, { sinceReload: !filters.sinceReload }),
    copy() {
      if (current?.kind !== 'record') return false;
      void copyText(textOf(current.record));
      return true;
    },
  };
}

/** The place of the next record from a place on, in steps; -1: there is none. */
function nextRecord(items: readonly LogItem[], from: number, step: 1 | -1): number {
  for (let i = from + step; i >= 0 && i < items.length; i += step) if (items[i]?.kind === 'record') return i;
  return -1;
}
