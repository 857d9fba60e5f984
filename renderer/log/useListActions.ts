import type { RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { LogRecord, LogRun, Stream } from '../../preload/contract.ts';
import { copyText } from '../terminal/clipboard.ts';
import { type LogItem, reloadMark } from './items.ts';
import type { ListActions } from './listKeys.ts';
import { endOf, type LogPages } from './pages.ts';
import type { LogReader, ReaderState } from './reader.ts';
import { textOf } from './text.ts';
import { aimAt, changeFilters, changeView, useLogView } from './view.ts';

interface Options {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly reader: LogReader;
  readonly state: ReaderState & { readonly pages: LogPages };
  readonly items: readonly LogItem[];
  readonly list: RefObject<VirtuosoHandle | null>;
  readonly scroller: HTMLElement | null;
  /** The place of the first item in view. */
  visible(): number;
}

/** What keys and clicks do in the list. */
export function useListActions(options: Options): ListActions & { pick(record: LogRecord): void } {
  const { stream, run, reader, state, items, list, scroller, visible } = options;
  const { selected, open, filters } = useLogView((views) => views[stream]);
  const change = (parts: Parameters<typeof changeView>[1]) => changeView(stream, parts);
  const at =
    selected === null
      ? -1
      : items.findIndex((item) => item.kind === 'record' && holds(item.record, selected));
  const current = items[at];
  const select = (record: LogRecord, isOpen: boolean) =>
    change({ selected: record.line, open: isOpen, following: false });

  return {
    pick(record) {
      const again = selected !== null && holds(record, selected);
      select(record, again ? !open : true);
    },
    move(step) {
      const from = at === -1 ? visible() - 1 : at;
      const to = nextRecord(items, from, at === -1 ? 1 : step);
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
      const item = current ?? items[visible()];
      const from = selected ?? (item === undefined ? 0 : lineOf(item));
      const mark = reloadMark(run, from, forward);
      if (mark !== null) aimAt(stream, mark.line);
    },
    toggleSinceReload: () => changeFilters(stream, { sinceReload: !filters.sinceReload }),
    copy() {
      if (current?.kind !== 'record') return false;
      void copyText(textOf(current.record));
      return true;
    },
  };
}

const holds = (record: LogRecord, line: number): boolean => record.line <= line && line < endOf(record);

/** The place of the next record from a place on, in steps; -1: there is none. */
function nextRecord(items: readonly LogItem[], from: number, step: 1 | -1): number {
  for (let i = from + step; i >= 0 && i < items.length; i += step) if (items[i]?.kind === 'record') return i;
  return -1;
}

function lineOf(item: LogItem): number {
  return item.kind === 'record' ? item.record.line : item.kind === 'mark' ? item.mark.line : 0;
}
