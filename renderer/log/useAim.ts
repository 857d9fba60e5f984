import { type RefObject, useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { Stream } from '#shared/contract.ts';
import { itemAtLine, type LogItem } from './logItems.ts';
import { holdsLine, type LogPages } from './logPages.ts';
import type { LogReader, ReaderState } from './logReader.ts';
import { changeView, useLogView } from './logViewStore.ts';

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
  const opened = useRef(-1);
  useEffect(() => {
    if (opening) return;
    const isNew = opened.current !== state.opened;
    opened.current = state.opened;
    if (aim === null) return;
    const isThere = isNew && state.at === aim;
    // It aims on until the list has begun there.
    if (!isThere && !holdsLine(state.pages, aim) && state.failure === null) {
      reader.open(state.filter, aim);
      return;
    }
    changeView(stream, { aim: null });
    if (!isThere) {
      list.current?.scrollToIndex({ index: Math.max(0, itemAtLine(items, aim)), align: 'center' });
    }
    showLine(aim);
  }, [aim, opening, stream, list, reader, state, items]);
}

/** A record may be higher than the list: shows the very line, once its record is drawn. */
function showLine(line: number): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.querySelector(`.log-list [data-at="${line}"]`)?.scrollIntoView({ block: 'nearest' });
    }),
  );
}
