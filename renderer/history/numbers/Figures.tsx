import type { Answer, Figure, Measure, NumbersRow } from '../../../preload/contract.ts';
import { count, shortTime } from '../../state/format.ts';
import { Strip } from './Strip.tsx';
import { TrendMark } from './TrendMark.tsx';
import { MEASURE_NAMES, measureHelp, noFigure, upperWord } from './words.ts';

const SHOWN: readonly Measure[] = ['build', 'link', 'unload', 'load', 'swap'];

interface Props {
  row: NumbersRow;
  label: string;
  focus: Answer<'numbers'>['focus'];
}

/** What one module, or the whole, comes to: a tile for each thing that is measured. */
export function Figures({ row, label, focus }: Props) {
  const isShown = focus.module === row.module;
  return (
    <section className="figures" aria-label={`Figures of ${label}`}>
      {SHOWN.map((measure) => (
        <Tile
          key={measure}
          measure={measure}
          row={row}
          samples={isShown ? focus.samples[measure] : []}
          note={measure === 'swap' && isShown ? swapNote(row.figures.swap, focus.unasked) : null}
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
  note: string | null;
}) {
  const figure = row.figures[measure];
  return (
    <article className="figure" aria-label={MEASURE_NAMES[measure]}>
      <h4 title={measureHelp(measure, row.module === null)}>{MEASURE_NAMES[measure]}</h4>
      {figure === null ? (
        <p className="figure-none">{noFigure(measure, row)}</p>
      ) : (
        <>
          <p className="figure-times">
            <strong>{shortTime(figure.median)}</strong>{' '}
            {figure.count === 1 ? (
              <span>measured once</span>
            ) : (
              <span>
                median · {upperWord(figure)} {shortTime(figure.p95)} · of {figure.count}
              </span>
            )}
          </p>
          <Strip name={MEASURE_NAMES[measure]} samples={samples} figure={figure} />
          <TrendMark trend={figure.trend} />
          {note === null ? null : <p className="figure-note">{note}</p>}
        </>
      )}
    </article>
  );
}

function swapNote(figure: Figure | null, unasked: Answer<'numbers'>['focus']['unasked']): string | null {
  if (figure === null) return null;
  const byHand = figure.count - (unasked?.count ?? 0);
  if (byHand === 0) return null;
  const waits = `${count(byHand, 'reload')} asked for by hand: with the wait until then`;
  return unasked === null
    ? waits
    : `${waits}. Median of the other ${unasked.count}: ${shortTime(unasked.median)}`;
}
