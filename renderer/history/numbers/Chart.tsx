import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { Figure, Sample } from '#shared/contract.ts';
import { shortTime } from '#shared/duration.ts';
import { clock } from '#shared/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { showRecord } from './numbersStore.ts';
import { Marks, stripLabel } from './Strip.tsx';
import { axisTime, type Dot, nearestDot, type Strip, stepDot, stripOf } from './stripDots.ts';

/** Across in percent of the room there is, down in pixels. */
const SIZE = { width: 100, height: 46, edge: 4 };
const RADIUS = 2.1;

interface Props {
  /** What is measured. */
  name: string;
  samples: readonly Sample[];
  figure: Figure;
}

/**
 * Draws the latest measurements between their axes; each can be read, and leads to its record, by pointer and by key.
 */
export function Chart({ name, samples, figure }: Props) {
  const now = useNow(60_000);
  const [read, setRead] = useState<number | null>(null);
  const strip = stripOf(samples, figure, SIZE);
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <div className="chart">
      <div className="chart-plot">
        <svg width="100%" height={SIZE.height} role="img" aria-label={stripLabel(name, samples, figure)}>
          <Marks strip={strip} figure={figure} unit="%" width={SIZE.width} radius={RADIUS} />
          <ReadMark dot={strip.dots[read ?? -1]} />
        </svg>
        <Reader name={name} strip={strip} read={read} onRead={setRead} now={now} />
      </div>
      <span className="chart-top" aria-hidden="true">
        {shortTime(strip.top)}
      </span>
      <span className="chart-zero" aria-hidden="true">
        0
      </span>
      <span className="chart-from" aria-hidden="true">
        {samples.length === 1 ? '' : axisTime(first.at, now)}
      </span>
      <span className="chart-to" aria-hidden="true">
        {axisTime(last.at, now)}
      </span>
    </div>
  );
}

/** The one that is read. */
function ReadMark({ dot }: { dot: Dot | undefined }) {
  if (dot === undefined) return null;
  return (
    <>
      <line className="chart-read" x1={`${dot.x}%`} x2={`${dot.x}%`} y1={0} y2={SIZE.height} />
      <circle className="chart-ring" cx={`${dot.x}%`} cy={dot.y} r={RADIUS + 2.5} />
    </>
  );
}

interface ReaderProps {
  name: string;
  strip: Strip;
  /** The place of the dot that is read; null: none is. */
  read: number | null;
  onRead: (at: number | null) => void;
  now: number;
}

/** Goes from one measurement to the next and says what it is. */
function Reader({ name, strip: { dots }, read, onRead, now }: ReaderProps) {
  const shown = dots[read ?? dots.length - 1];
  if (shown === undefined) return null;
  const words = `${shortTime(shown.sample.ms)}, ${clock(shown.sample.at, now)}${shown.sample.slow ? ', unusually slow' : ''}`;
  const point = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onRead(nearestDot(dots, ((event.clientX - left) / Math.max(1, width)) * SIZE.width));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Enter' || event.key === ' ') void showRecord(shown.sample.id);
    else {
      const next = stepDot(read ?? dots.length - 1, event.key, dots.length);
      if (next === null) return;
      onRead(next);
    }
    event.preventDefault();
  };
  return (
    <>
      <div
        role="slider"
        tabIndex={0}
        className="chart-reader"
        aria-label={`${name}, sample by sample; press Enter to show one on the timeline`}
        aria-valuemin={1}
        aria-valuemax={dots.length}
        aria-valuenow={(read ?? dots.length - 1) + 1}
        aria-valuetext={words}
        onFocus={() => onRead(read ?? dots.length - 1)}
        onBlur={() => onRead(null)}
        onPointerMove={point}
        onPointerLeave={() => onRead(null)}
        onClick={() => void showRecord(shown.sample.id)}
        onKeyDown={onKeyDown}
      />
      {read === null ? null : (
        <span
          className="chart-tip"
          aria-hidden="true"
          style={{ left: `${shown.x}%`, transform: `translateX(-${shown.x}%)` }}
        >
          {words}
        </span>
      )}
    </>
  );
}
