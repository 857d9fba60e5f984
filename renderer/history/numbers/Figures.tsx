import type { ReactNode } from 'react';
import type { Answer, Figure, Measure, NumbersRow } from '#shared/contract.ts';
import { count, number } from '#shared/count.ts';
import { shortTime } from '#shared/duration.ts';
import { Chart } from './Chart.tsx';
import { byHandText, MEASURE_NAMES, measureHelp, noFigure, upperWord } from './numbersTexts.ts';
import { TrendMark } from './TrendMark.tsx';

const SHOWN: readonly Measure[] = ['build', 'link', 'unload', 'load', 'swap'];

interface Props {
  row: NumbersRow;
  label: string;
  focus: Answer<'numbers'>['focus'];
}

/** Shows the figures of one module, or of the whole: a tile for each measure. */
export function Figures({ row, label, focus }: Props) {
  const isShown = focus.module === row.module;
  return (
    <section className="figures" aria-label={`Numbers for ${label}`}>
      {SHOWN.map((measure) => (
        <Tile
          key={measure}
          measure={measure}
          row={row}
          samples={isShown ? focus.samples[measure] : []}
          note={measure === 'swap' && isShown ? byHandNote(row.figures.swap, focus.unasked) : null}
        />
      ))}
    </section>
  );
}

function Tile({
  measure,
  row,
  samples,
  note,
}: {
  measure: Measure;
  row: NumbersRow;
  samples: Answer<'numbers'>['focus']['samples'][Measure];
  note: ReactNode;
}) {
  const figure = row.figures[measure];
  return (
    <article className="figure" aria-label={MEASURE_NAMES[measure]}>
      <h4 title={measureHelp(measure, row.module === null)}>
        {MEASURE_NAMES[measure]}
        {figure === null ? null : (
          <small title={`Measured ${count(figure.count, 'time')}`}>
            {number(figure.count)}
            <span className="offscreen"> measured</span>
          </small>
        )}
      </h4>
      {figure === null ? (
        <p className="figure-none">{noFigure(measure, row)}</p>
      ) : (
        <>
          <p className="figure-times">
            <strong>{shortTime(figure.median)}</strong>{' '}
            <span>
              {figure.count === 1 ? 'measured once' : `${upperWord(figure)} ${shortTime(figure.p95)}`}
            </span>
          </p>
          <Chart name={MEASURE_NAMES[measure]} samples={samples} figure={figure} />
          <p className="figure-trend">
            <TrendMark trend={figure.trend} />
            {note}
          </p>
        </>
      )}
    </article>
  );
}

/** What the user took to ask for a reload is in there. */
function byHandNote(figure: Figure | null, unasked: Answer<'numbers'>['focus']['unasked']): ReactNode {
  const byHand = (figure?.count ?? 0) - (unasked?.count ?? 0);
  if (byHand === 0) return null;
  return <span title={byHandText(byHand, unasked)}>{number(byHand)} by hand</span>;
}
