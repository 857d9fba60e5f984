import { type KeyboardEvent, useEffect, useRef } from 'react';
import { clock } from '#shared/time.ts';
import { useWindow } from '../../state/store.ts';
import { reachableRange, showRange, useHistory } from '../historyStore.ts';
import { moved, spanOf, toX } from '../tiles/timeScale.ts';
import { drawMap, spread } from './paintMiniMap.ts';

/** Narrower the frame could not be taken hold of, px. */
const LEAST_FRAME = 12;

/**
 * Draws the whole history in a strip, with a frame around what is in view: a scroll bar that shows where something is.
 */
export function MiniMap() {
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const [box, drawing, handle] = [strip.current, canvas.current, frame.current];
    if (box === null || drawing === null || handle === null) return;
    let waiting: number | null = null;
    const draw = (): void => {
      waiting = null;
      drawMap(drawing);
      place(box, handle);
    };
    const later = (): void => {
      waiting ??= requestAnimationFrame(draw);
    };
    const sizes = new ResizeObserver(later);
    sizes.observe(box);
    const ends = [
      useHistory.subscribe((now, before) => {
        if (now.overview !== before.overview) later();
        else if (now.view !== before.view) place(box, handle);
      }),
      useWindow.subscribe((now, before) => {
        if (now.dark !== before.dark) later();
      }),
      listen(box),
    ];
    draw();
    return () => {
      sizes.disconnect();
      for (const end of ends) end();
      if (waiting !== null) cancelAnimationFrame(waiting);
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const { view } = useHistory.getState();
    const span = spanOf(view);
    const by = { ArrowLeft: -0.2, ArrowRight: 0.2, PageUp: -0.9, PageDown: 0.9 }[event.key];
    if (by !== undefined) showRange(moved(view, by * span));
    else if (event.key === 'Home') showRange(moved(view, reachableRange().from - view.from), false);
    else if (event.key === 'End') showRange(view, true);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={strip} className="mini-map">
      <canvas ref={canvas} />
      <div
        ref={frame}
        role="scrollbar"
        className="mini-frame"
        aria-label="Visible part of the history"
        aria-orientation="horizontal"
        aria-controls="history-timeline"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={100}
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function place(box: HTMLElement, handle: HTMLElement): void {
  const all = reachableRange();
  const { view } = useHistory.getState();
  const width = Math.max(1, box.clientWidth);
  const whole = spread(all);
  const left = toX(whole, width, Math.max(view.from, whole.from));
  const right = toX(whole, width, Math.min(view.to, whole.to));
  const size = Math.min(width, Math.max(LEAST_FRAME, right - left));
  const start = Math.max(0, Math.min(width - size, (left + right - size) / 2));
  handle.style.width = `${size}px`;
  handle.style.transform = `translateX(${start}px)`;
  const part = (view.to - whole.from) / spanOf(whole);
  handle.setAttribute('aria-valuenow', String(Math.round(Math.min(1, Math.max(0, part)) * 100)));
  const now = Date.now();
  handle.setAttribute('aria-valuetext', `${clock(view.from, now)} to ${clock(view.to, now)}`);
}

/** A press goes there; a drag takes the view along. */
function listen(box: HTMLElement): () => void {
  let held = false;
  const go = (event: PointerEvent): void => {
    const rect = box.getBoundingClientRect();
    const whole = spread(reachableRange());
    const at = whole.from + ((event.clientX - rect.left) / Math.max(1, rect.width)) * spanOf(whole);
    const span = spanOf(useHistory.getState().view);
    showRange({ from: at - span / 2, to: at + span / 2 });
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    held = true;
    box.setPointerCapture(event.pointerId);
    go(event);
  };
  const onMove = (event: PointerEvent): void => {
    if (held) go(event);
  };
  const onUp = (): void => {
    held = false;
  };
  box.addEventListener('pointerdown', onDown);
  box.addEventListener('pointermove', onMove);
  box.addEventListener('pointerup', onUp);
  box.addEventListener('pointercancel', onUp);
  return () => {
    box.removeEventListener('pointerdown', onDown);
    box.removeEventListener('pointermove', onMove);
    box.removeEventListener('pointerup', onUp);
    box.removeEventListener('pointercancel', onUp);
  };
}
