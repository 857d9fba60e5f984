import type { Figure, Sample } from '#shared/contract.ts';
import { figureText } from './numbersTexts.ts';
import { type Dot, type Size, type Strip as StripShape, stripOf } from './stripDots.ts';

const SIZE: Size = { width: 96, height: 22, edge: 3 };

interface Props {
  /** What is measured, for those who listen. */
  name: string;
  samples: readonly Sample[];
  figure: Figure;
}

/** Draws the latest measurements in a cell of a table. */
export function Strip({ name, samples, figure }: Props) {
  const { width, height } = SIZE;
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={stripLabel(name, samples, figure)}
    >
      <Marks strip={stripOf(samples, figure, SIZE)} figure={figure} unit="" width={width} radius={1.5} />
    </svg>
  );
}

/** Describes what is drawn, in a sentence. */
export function stripLabel(name: string, samples: readonly Sample[], figure: Figure): string {
  const slow = samples.filter((sample) => sample.slow).length;
  return `${name}, the latest ${samples.length}: ${figureText(figure)}${slow === 0 ? '' : `, ${slow} unusually slow`}`;
}

interface MarksProps {
  strip: StripShape;
  figure: Figure;
  /** Of what is across: `%`, or none for that of the drawing. */
  unit: '' | '%';
  width: number;
  radius: number;
}

/**
 * Draws measurements as dots, with the median as a line and the p95 as a dashed one. Slow ones are triangles.
 */
export function Marks({ strip: { dots, median, p95 }, figure, unit, width, radius }: MarksProps) {
  const right = `${width}${unit}`;
  return (
    <>
      <line className="strip-median" x1={0} x2={right} y1={median} y2={median} />
      {figure.count > 1 ? <line className="strip-p95" x1={0} x2={right} y1={p95} y2={p95} /> : null}
      {dots.map((dot) => (
        <Mark key={dot.sample.id} dot={dot} unit={unit} radius={radius} />
      ))}
    </>
  );
}

function Mark({ dot: { sample, x, y }, unit, radius }: { dot: Dot; unit: string; radius: number }) {
  const r = radius + 1.7;
  // A path knows no percent, so it is placed by a drawing of its own.
  return sample.slow ? (
    <svg x={`${x}${unit}`} y={Math.max(0, y - r)} overflow="visible" aria-hidden="true">
      <path className="strip-slow" d={`M0 0l${r} ${1.8 * r}h${-2 * r}z`} />
    </svg>
  ) : (
    <circle className="strip-dot" cx={`${x}${unit}`} cy={y} r={radius} />
  );
}
