import { showRange, useHistory } from '../historyStore.ts';
import { moved, spanOf, type TimeRange, toTime, zoomed } from '../tiles/timeScale.ts';

/** So far a press moves before it is a drag, px. */
const DRAG_PX = 4;
const ZOOM_SPEED = 0.0022;
/** A wheel may tell in lines or pages instead of pixels. */
const UNITS = [1, 18, 240];

interface Options {
  /** A press that was no drag. */
  onPress(x: number, y: number): void;
  /** It lies there without being pressed; null: it went. */
  onHover(place: { x: number; y: number } | null): void;
  onTwice(x: number, y: number): void;
}

/** Scrolls and zooms by wheel, drag and pinch. @returns what ends that. */
export function listenForGestures(element: HTMLElement, { onPress, onHover, onTwice }: Options): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let drag: { view: TimeRange; x: number; y: number; moved: boolean } | null = null;
  let pinch: { view: TimeRange; apart: number; at: number } | null = null;

  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const width = (): number => Math.max(1, element.clientWidth);

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    onHover(null);
    const { view } = useHistory.getState();
    const unit = UNITS[event.deltaMode] ?? 1;
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(Math.max(-400, Math.min(400, event.deltaY * unit)) * ZOOM_SPEED);
      showRange(zoomed(view, toTime(view, width(), place(event).x), factor));
      return;
    }
    const by = (Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY) * unit;
    showRange(moved(view, (by / width()) * spanOf(view)));
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const here = place(event);
    pointers.set(event.pointerId, here);
    const { view } = useHistory.getState();
    const [first, second] = [...pointers.values()];
    if (first !== undefined && second !== undefined) {
      drag = null;
      const middle = (first.x + second.x) / 2;
      pinch = { view, apart: Math.max(12, Math.abs(first.x - second.x)), at: toTime(view, width(), middle) };
    } else drag = { view, ...here, moved: false };
  };

  const onMove = (event: PointerEvent): void => {
    const here = place(event);
    if (!pointers.has(event.pointerId)) {
      onHover(here);
      return;
    }
    pointers.set(event.pointerId, here);
    const [first, second] = [...pointers.values()];
    if (pinch !== null && first !== undefined && second !== undefined) {
      const apart = Math.max(12, Math.abs(first.x - second.x));
      showRange(zoomed(pinch.view, pinch.at, pinch.apart / apart));
    } else if (drag !== null) {
      const by = here.x - drag.x;
      if (!drag.moved && Math.abs(by) < DRAG_PX) return;
      if (!drag.moved) element.setPointerCapture(event.pointerId);
      drag.moved = true;
      onHover(null);
      element.dataset.dragging = 'true';
      showRange(moved(drag.view, (-by / width()) * spanOf(drag.view)));
    }
  };

  const onUp = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    const wasDrag = drag?.moved !== false;
    delete element.dataset.dragging;
    pinch = null;
    drag = null;
    const { x, y } = place(event);
    if (!wasDrag && event.type === 'pointerup') onPress(x, y);
  };

  const onLeave = (): void => onHover(null);
  const onDouble = (event: MouseEvent): void => {
    const { x, y } = place(event);
    onTwice(x, y);
  };

  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  element.addEventListener('pointerleave', onLeave);
  element.addEventListener('dblclick', onDouble);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
    element.removeEventListener('pointerleave', onLeave);
    element.removeEventListener('dblclick', onDouble);
  };
}
