import type { Figure, Sample } from '../../../preload/contract.ts';
import { shortTime } from '../../state/format.ts';
import { useNow } from '../../state/useNow.ts';
import { momentText } from '../words.ts';
import { showRecord } from './state.ts';
import { type Dot, type Size, stripOf } from './strip.ts';
import { figureText } from './words.ts';

const LARGE: Size = { width: 150, height: 40, edge: 4 };
const SMALL: Size = { width: 96, height: 22, edge: 3 };

interface Props {
  /** What is measured, for those who listen. */
  name: string;
  samples: readonly Sample[];
  figure: Figure;
  small?: boolean;
}

/** The latest measurements as dots, with the median as a line and the p95 as a dashed one. Slow ones are triangles. */
export function Strip({ name, samples, figure, small = false }: Props) {
  const size = small ? SMALL : LARGE;
  const { width, height } = size;
  const { dots, median, p95 } = stripOf(samples, figure, size);
  const slow = dots.filter(({ sample }) => sample.slow);
  const marked = slow.length === 0 ? '' : `, ${slow.length} unusually slow`;
  return (
    <span className="strip" style={{ width, height }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`${name}, the latest ${samples.length}: ${figureText(figure)}${marked}`}
      >
        <line className="strip-median" x1={0} x2={width} y1={median} y2={median} />
        {figure.count > 1 ? <line className="strip-p95" x1={0} x2={width} y1={p95} y2={p95} /> : null}
        {dots.map((dot) => (
          <Mark key={dot.sample.id} dot={dot} radius={small ? 1.5 : 2.1} />
        ))}
      </svg>
      {small ? null : slow.map((dot) => <SlowButton key={dot.sample.id} name={name} dot={dot} />)}
    </span>
  );
}

function Mark({ dot: { sample, x, y }, radius }: { dot: Dot; radius: number }) {
  const r = radius + 1.7;
  return sample.slow ? (
    <path className="strip-slow" d={`M${x} ${Math.max(0, y - r)}l${r} ${1.8 * r}h${-2 * r}z`} />
  ) : (
    <circle className="strip-dot" cx={x} cy={y} r={radius} />
  );
}

function SlowButton({ name, dot: { sample, x, y } }: { name: string; dot: Dot }) {
  const now = useNow(60_000);
  const words = `${name} ${shortTime(sample.ms)} at ${momentText(sample.at, now)}, unusually slow: show it on the timeline`;
  return (
    <button
      type="button"
      className="strip-button"
      aria-label={words}
      title={words}
      style={{ left: x, top: y }}
      onClick={() => void showRecord(sample.id)}
    />
  );
}
