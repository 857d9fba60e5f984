import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { Stream } from '#shared/contract.ts';
import { lineInView } from './lineInView.ts';
import { FIRST_INDEX, firstIndexOf, type LogItem } from './logItems.ts';
import { changeView } from './logViewStore.ts';

/**
 * Returns the index of the first item, such that items that were there before keep theirs, and with it their place on
 * screen. While the end is followed, the end keeps its place.
 */
export function useFirstIndex(items: readonly LogItem[], opened: number, following: boolean): number {
  const kept = useRef<{ items: readonly LogItem[]; first: number; opened: number }>({
    items: [],
    first: FIRST_INDEX,
    opened: -1,
  });
  return useMemo(() => {
    const before = kept.current;
    const same = opened === before.opened;
    const moved = same && !following ? firstIndexOf(before.items, before.first, items) : before.first;
    const first = same ? moved : FIRST_INDEX;
    kept.current = { items, first, opened };
    return first;
  }, [items, opened, following]);
}

/** Rows take some frames to get their heights. */
const FRAMES = 4;

interface AtEnd {
  readonly list: RefObject<VirtuosoHandle | null>;
  readonly items: readonly LogItem[];
  readonly following: boolean;
  readonly scroller: HTMLElement | null;
}

/** Keeps the end of the list in view while it is followed. */
export function useStayAtEnd({ list, items, following, scroller }: AtEnd): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the items
  useLayoutEffect(() => {
    if (!following || scroller === null) return;
    list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
    let frames = 0;
    let frame = requestAnimationFrame(function check() {
      scroller.scrollTop = scroller.scrollHeight;
      frames += 1;
      if (frames < FRAMES) frame = requestAnimationFrame(check);
    });
    return () => cancelAnimationFrame(frame);
  }, [list, items, following, scroller]);
}

/** Keeps the focus when the list begins again. */
export function useFocusKept(body: RefObject<HTMLDivElement | null>, opened: number): void {
  const had = useRef(false);
  useEffect(() => {
    const note = () => {
      const { activeElement } = document;
      if (activeElement !== document.body) had.current = body.current?.contains(activeElement) === true;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [body]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that the list begins again
  useLayoutEffect(() => {
    if (had.current && document.activeElement === document.body) body.current?.focus({ preventScroll: true });
  }, [body, opened]);
}

/** Remembers which line was in the middle when the list is removed. */
export function useAnchor(stream: Stream, scroller: HTMLElement | null): void {
  useLayoutEffect(
    () => () => {
      const line = lineInView(scroller, 0.5);
      if (line !== null) changeView(stream, { anchor: line });
    },
    [stream, scroller],
  );
}

/** Brings what was opened into view, as far as it fits. */
export function useOpenInView(scroller: HTMLElement | null, open: number | null): void {
  useEffect(() => {
    if (open === null) return;
    const frame = requestAnimationFrame(() => {
      scroller?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [scroller, open]);
}
