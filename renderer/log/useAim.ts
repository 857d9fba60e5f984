import { type RefObject, useEffect } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { Stream } from '../../preload/contract.ts';
import { itemAtLine, type LogItem } from './items.ts';
import { holdsLine, type LogPages } from './pages.ts';
import type { LogReader, ReaderState } from './reader.ts';
import { changeView, useLogView } from './view.ts';

interface Options {
  readonly stream: Stream;
  readonly list: RefObject<VirtuosoHandle | null>;
  readonly reader: LogReader;
  readonly state: ReaderState & { readonly pages: LogPages };
  readonly items: readonly LogItem[];
}

/** Brings the line that is aimed at into view: by scrolling where it is there, else by opening the log there. */
export function useAim({ stream, list, reader, state, items }: Options): void {
  const aim = useLogView((views) => views[stream].aim);
  const opening = state.busy === 'opening';
  useEffect(() => {
    if (aim === null || opening) return;
    changeView(stream, { aim: null });
    if (!holdsLine(state.pages, aim)) reader.open(state.filter, aim);
    else list.current?.scrollToIndex({ index: Math.max(0, itemAtLine(items, aim)), align: 'center' });
  }, [aim, opening, stream, list, reader, state, items]);
}
