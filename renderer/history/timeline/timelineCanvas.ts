import type { HistoryKind } from '#shared/contract.ts';
import { currentSession, useWindow } from '../../state/store.ts';
import { useHealth } from '../health/healthStore.ts';
import { tiles, useHistory } from '../historyStore.ts';
import { tilesOf } from '../tiles/tiles.ts';
import { following, spanOf } from '../tiles/timeScale.ts';
import { marksInView, runningNow } from './marksInView.ts';
import { paint, type Running } from './paintTimeline.ts';
import { type Palette, readPalette } from './palette.ts';
import { hit, LANES, laneAt, lanesOf, type Mark } from './timelineMarks.ts';

/** How often what grows is drawn, ms; now alone moves a pixel at a time, but at least this often. */
const BUSY_MS = 60;
const CALM_MS = 1000;

/** Draws the timeline on a canvas whenever something of it has changed, and knows what lies where. */
export class TimelineCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #ends: (() => void)[];
  #palette: Palette | null = null;
  #frame: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #width = 0;
  #height = 0;
  #marks: ReadonlyMap<HistoryKind, readonly Mark[]> = new Map();
  #running: readonly Running[] = [];

  /** Null where nothing can be drawn. */
  static on(canvas: HTMLCanvasElement): TimelineCanvas | null {
    const pen = canvas.getContext('2d', { alpha: false });
    return pen === null ? null : new TimelineCanvas(canvas, pen);
  }

  private constructor(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D) {
    this.#canvas = canvas;
    this.#pen = pen;
    const sizes = new ResizeObserver(() => this.#measure());
    sizes.observe(canvas);
    this.#ends = [
      () => sizes.disconnect(),
      useHistory.subscribe((now, before) => {
        if (now.view !== before.view || now.drawn !== before.drawn || now.picked !== before.picked)
          this.schedule();
      }),
      useHealth.subscribe(() => this.schedule()),
      useWindow.subscribe((now, before) => {
        if (now.dark !== before.dark) this.#palette = null;
        if (now.dark !== before.dark || now.engine !== before.engine) this.schedule();
      }),
    ];
    this.#measure();
  }

  get width(): number {
    return this.#width;
  }

  marks(kind: HistoryKind): readonly Mark[] {
    return this.#marks.get(kind) ?? [];
  }

  /** What lies at a place on the canvas. */
  at(x: number, y: number): Mark | null {
    const kind = laneAt(lanesOf(this.#height), y);
    return kind === null ? null : hit(this.marks(kind), x);
  }

  /** Returns what is in progress in the lane at a place; null: nothing, or it began to the right of it. */
  runningAt(x: number, y: number): Running | null {
    const kind = laneAt(lanesOf(this.#height), y);
    const { view } = useHistory.getState();
    const at = view.from + (x / Math.max(1, this.#width)) * spanOf(view);
    return this.#running.find((each) => each.kind === kind && each.since <= at && at <= Date.now()) ?? null;
  }

  /** Where a mark of this id is; null: it is not in view. */
  find(id: string): Mark | null {
    for (const kind of LANES) {
      const found = this.marks(kind).find(({ entry }) => entry.id === id);
      if (found !== undefined) return found;
    }
    return null;
  }

  schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  close(): void {
    for (const end of this.#ends) end();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const scale = window.devicePixelRatio;
    this.#width = clientWidth;
    this.#height = clientHeight;
    this.#canvas.width = Math.round(clientWidth * scale);
    this.#canvas.height = Math.round(clientHeight * scale);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#draw();
  }

  #draw(): void {
    clearTimeout(this.#timer);
    if (this.#width < 2 || this.#height < 2) return;
    const { follows, pickedAs: picked, known } = useHistory.getState();
    const now = Date.now();
    if (follows) {
      const { view: before } = useHistory.getState();
      const view = following(spanOf(before), now);
      // A pixel at a time: a finer step would be seen by nobody.
      if (Math.abs(view.to - before.to) >= spanOf(view) / this.#width) useHistory.setState({ view });
    }
    const { view } = useHistory.getState();
    this.#palette ??= readPalette(this.#canvas, this.#pen);
    if (known) tiles.want([...tilesOf(view, this.#width), ...tilesOf(view, this.#width, 1)]);
    const session = currentSession();
    this.#running = session === null ? [] : runningNow(session);
    this.#marks = marksInView(tiles, view, this.#width);
    const scale = window.devicePixelRatio;
    this.#pen.setTransform(scale, 0, 0, scale, 0, 0);
    paint(
      this.#pen,
      {
        view,
        width: this.#width,
        height: this.#height,
        marks: this.#marks,
        running: this.#running,
        picked,
        broken:
          useHealth.getState().standing?.troubles.map(({ about, since }) => ({ kind: about, since })) ?? [],
        now,
      },
      this.#palette,
    );
    this.#canvas.dataset.settled = String(known && tiles.has(tilesOf(view, this.#width)));
    this.#goOn();
  }

  /** Draws again as time passes: growing bars, the line of now, and the view that follows it. */
  #goOn(): void {
    const { view } = useHistory.getState();
    if (view.to < Date.now()) return;
    const pixel = spanOf(view) / Math.max(1, this.#width);
    const busy = this.#running.some(({ kind }) => kind !== 'server');
    this.#timer = setTimeout(
      () => this.schedule(),
      Math.max(BUSY_MS, busy ? pixel : Math.max(CALM_MS, pixel)),
    );
  }
}
