import { getViewportForBounds, MiniMap, Panel, useReactFlow, useStore } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { IconButton } from '../ui/IconButton.tsx';
import { IconFit, IconMinus, IconPlus } from '../ui/icons.tsx';
import { MARGIN } from './BandTitles.tsx';
import { LEGEND_ROOM } from './Legend.tsx';
import type { Arrangement } from './layout/arrangement.ts';

/** The whole graph is made to fit down to this size; beyond that, one reads it by panning. */
const LEAST_ZOOM = 0.3;
const MOST_ZOOM = 1.15;
/** More nodes than this get an overview map. */
const BIG = 60;
const GLIDE = 200;
/** Width of the buttons in the corners, px. */
const CORNER_ROOM = 104;
const MAP = { width: 168, height: 112 };

interface Props {
  readonly arrangement: Arrangement;
  readonly legend: boolean;
  readonly focused: string | null;
  /** Whether the user has panned or zoomed: then the picture is not fitted without being asked. */
  readonly moved: RefObject<boolean>;
}

/** Fits the graph to its pane while the user has not moved it, and lets them move it. */
export function ViewControls({ arrangement, legend, focused, moved }: Props) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);

  const frame = useCallback(() => {
    if (width === 0 || height === 0 || arrangement.placed.size === 0) return;
    moved.current = false;
    const { x, y, width: w, height: h } = arrangement.bounds;
    const around = { x: x - MARGIN, y, width: w + MARGIN, height: h };
    const corner = legend ? LEGEND_ROOM : CORNER_ROOM;
    const right = width > 3 * corner ? corner : 14;
    const padding = { top: '14px', bottom: '14px', left: '12px', right: `${right}px` } as const;
    const view = getViewportForBounds(around, width, height, LEAST_ZOOM, MOST_ZOOM, padding);
    // What does not fit is read from its top left corner, not from its middle.
    const left = Math.max(view.x, 12 - around.x * view.zoom);
    const top = Math.max(view.y, 14 - around.y * view.zoom);
    void flow.setViewport({ x: left, y: top, zoom: view.zoom });
  }, [flow, arrangement, legend, width, height, moved]);

  useEffect(() => {
    if (!moved.current) frame();
  }, [frame, moved]);

  useFreshFit(arrangement, frame);
  useFollow(arrangement, focused);
  useDistance();

  const zoom = (by: 'zoomIn' | 'zoomOut') => {
    moved.current = true;
    void flow[by]({ duration: GLIDE });
  };
  return (
    <>
      <Panel position="bottom-right" className="zoom">
        <IconButton label="Zoom in" title="Zoom in" onClick={() => zoom('zoomIn')}>
          <IconPlus />
        </IconButton>
        <IconButton label="Zoom out" title="Zoom out" onClick={() => zoom('zoomOut')}>
          <IconMinus />
        </IconButton>
        <IconButton label="Fit graph" title="Fit the whole graph" onClick={frame}>
          <IconFit />
        </IconButton>
      </Panel>
      {arrangement.placed.size > BIG ? (
        <MiniMap position="bottom-right" style={MAP} pannable zoomable ariaLabel="Overview of the graph" />
      ) : null}
    </>
  );
}

/** A graph with other nodes is another picture: what was looked at before says nothing about it. */
function useFreshFit(arrangement: Arrangement, frame: () => void): void {
  const shape = [...arrangement.placed.keys()].join('\n');
  const before = useRef(shape);
  useEffect(() => {
    if (before.current === shape) return;
    before.current = shape;
    frame();
  }, [shape, frame]);
}

/** Pans so that the node that has the keyboard's focus can be seen. */
function useFollow(arrangement: Arrangement, focused: string | null): void {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    const spot = focused === null ? undefined : arrangement.placed.get(focused);
    if (spot === undefined) return;
    const { x, y, zoom } = flow.getViewport();
    const left = spot.x * zoom + x;
    const top = spot.y * zoom + y;
    const seen =
      left >= 0 && top >= 0 && left + spot.width * zoom <= width && top + spot.height * zoom <= height;
    if (!seen)
      void flow.setCenter(spot.x + spot.width / 2, spot.y + spot.height / 2, { zoom, duration: GLIDE });
  }, [flow, arrangement, focused, width, height]);
}

/** Below this zoom, labels are drawn larger than life and the small print is left out. */
const FAR = 0.7;
const MOST_GROWN = 1.9;

/** Tells the style sheet how far away the graph is, in steps, so that labels can stay readable. */
function useDistance(): void {
  const element = useStore((state) => state.domNode);
  const grown = useStore(({ transform: [, , zoom] }) =>
    zoom >= FAR ? 1 : Math.round(Math.min(MOST_GROWN, FAR / zoom) * 10) / 10,
  );
  useEffect(() => {
    element?.style.setProperty('--grown', String(grown));
    element?.toggleAttribute('data-far', grown > 1.25);
  }, [element, grown]);
}
