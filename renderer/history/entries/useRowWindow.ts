import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** More rows than these coming in at once are another list, not news. */
const NEWS = 50;

export interface RowWindow {
  /** The rows to draw, from the top; `last < first` where there are none. */
  readonly first: number;
  readonly last: number;
  /** How high the part in view is, px. */
  readonly height: number;
  /** Scrolls just as far as it takes to have a row in view. */
  scrollTo(row: number): void;
}

/**
 * Says which rows of a scrolling list are to be drawn. All rows are as high as each other, so places are arithmetic and any
 * row can be kept beside these, such as the one with the focus.
 * @param height of a row, px. @param beside rows that are drawn beyond what is in view.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  height: number,
  beside: number,
): RowWindow {
  const [seen, setSeen] = useState({ top: 0, height: 0 });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const note = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(note);
    sizes.observe(element);
    element.addEventListener('scroll', note, { passive: true });
    note();
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', note);
    };
  }, [scroller]);

  useKeptPlace(scroller, rows, height);

  return {
    first: Math.max(0, Math.floor(seen.top / height) - beside),
    last: Math.min(rows - 1, Math.ceil((seen.top + seen.height) / height) + beside),
    height: seen.height,
    scrollTo(row) {
      const element = scroller.current;
      if (element === null) return;
      const [top, inView] = [row * height, element.clientHeight];
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height > element.scrollTop + inView) element.scrollTop = top + height - inView;
    },
  };
}

/** Keeps what is read in its place when rows come in above it; at the top the list stays at the top. */
function useKeptPlace(scroller: RefObject<HTMLElement | null>, rows: number, height: number): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const more = rows - before.current;
    before.current = rows;
    const element = scroller.current;
    if (element !== null && more > 0 && more < NEWS && element.scrollTop > height)
      element.scrollTop += more * height;
  }, [scroller, rows, height]);
}
