import type { KeyboardEvent } from 'react';
import type { Measure, NumbersRow } from '#shared/contract.ts';
import { number } from '#shared/count.ts';
import { shortTime } from '#shared/duration.ts';
import { focusOn, setSorting, useNumbers } from './numbersStore.ts';
import { figureText, MEASURE_NAMES, measureHelp, noFigure } from './numbersTexts.ts';
import { Strip } from './Strip.tsx';
import { TrendMark } from './TrendMark.tsx';
import { type Column, nextSorting, sortRows, type TableRow } from './tableRows.ts';

const MEASURES: readonly Measure[] = ['build', 'link', 'unload', 'load', 'swap'];

const COLUMNS: readonly { id: Column; name: string; help: string }[] = [
  { id: 'module', name: 'Module', help: 'By name' },
  { id: 'builds', name: 'Builds', help: 'Builds that compiled this module or failed on it' },
  { id: 'reloads', name: 'Reloads', help: 'Reloads that swapped this module' },
  ...MEASURES.map((id) => ({ id, name: MEASURE_NAMES[id], help: measureHelp(id, false) })),
  { id: 'trend', name: 'Trend', help: 'Change in build time' },
];

/** Lists every module in a row, below the whole. */
export function NumbersTable({ whole, rows }: { whole: NumbersRow; rows: readonly TableRow[] }) {
  const sorting = useNumbers((numbers) => numbers.sorting);
  const focus = useNumbers((numbers) => numbers.focus);
  const labels = new Map(rows.map(({ module, label }) => [module ?? '', label]));
  const labelOf = (name: string): string => labels.get(name) ?? name;
  return (
    <table className="numbers-table" aria-label="Numbers by module">
      <thead>
        <tr>
          {COLUMNS.map(({ id, name, help }) => (
            <th
              key={id}
              scope="col"
              aria-sort={sorting.column !== id ? 'none' : sorting.down ? 'descending' : 'ascending'}
            >
              <button type="button" title={help} onClick={() => setSorting(nextSorting(sorting, id))}>
                {name}
                <span aria-hidden="true">{sorting.column !== id ? '' : sorting.down ? ' ↓' : ' ↑'}</span>
              </button>
            </th>
          ))}
          <th scope="col" title="The crate that most often took the largest share of the critical path">
            Slowest on critical path
          </th>
          <th scope="col">Last builds</th>
        </tr>
      </thead>
      <tbody onKeyDown={moveFocus}>
        <Row row={{ ...whole, label: 'Overall', gone: false }} picked={focus === null} labelOf={labelOf} />
        {sortRows(rows, sorting).map((row) => (
          <Row key={row.module} row={row} picked={focus === row.module} labelOf={labelOf} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  picked,
  labelOf,
}: {
  row: TableRow;
  picked: boolean;
  labelOf: (name: string) => string;
}) {
  const { module, label, gone, builds, failed, reloads, figures, slowest, last } = row;
  return (
    <tr data-module={module} data-whole={module === null} data-picked={picked}>
      <th scope="row">
        <button
          type="button"
          className="row-pick"
          aria-pressed={picked}
          title={`Show the numbers for ${module ?? 'all modules'}${gone ? '; no longer in the workspace' : ''}`}
          onClick={(event) => {
            focusOn(module);
            // The figures are above.
            event.currentTarget.closest('.numbers')?.scrollTo({ top: 0 });
          }}
        >
          {label}
        </button>
        {gone ? <small> gone</small> : null}
      </th>
      <td>
        {number(builds)}
        {failed > 0 ? <small title={`${failed} failed`}> ✕{failed}</small> : null}
      </td>
      <td>{number(reloads)}</td>
      {MEASURES.map((measure) => (
        <Time key={measure} row={row} measure={measure} />
      ))}
      <td className="cell-words">
        {figures.build === null ? <None /> : <TrendMark trend={figures.build.trend} />}
      </td>
      <td className="cell-words">
        {slowest === null ? (
          <None />
        ) : (
          <span
            title={`In ${slowest.times} of ${slowest.of} builds; when it is, the build waits ${shortTime(slowest.median)} for it alone`}
          >
            {labelOf(slowest.name)}{' '}
            <small>
              {slowest.times}/{slowest.of}
            </small>
          </span>
        )}
      </td>
      <td>
        {figures.build === null || last.length === 0 ? (
          <None />
        ) : (
          <Strip name={`Builds: ${label}`} samples={last} figure={figures.build} />
        )}
      </td>
    </tr>
  );
}

function Time({ row, measure }: { row: TableRow; measure: Measure }) {
  const figure = row.figures[measure];
  return figure === null ? (
    <td title={noFigure(measure, row)}>
      <None />
    </td>
  ) : (
    <td title={figureText(figure)}>
      {shortTime(figure.median)}
      {figure.count === 1 ? null : <small>{shortTime(figure.p95)}</small>}
    </td>
  );
}

const None = () => (
  <span className="none">
    <span aria-hidden="true">–</span>
    <span className="offscreen">none</span>
  </span>
);

/** Up and down go from module to module. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const picks = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-pick')];
  const at = picks.findIndex((each) => each.matches(':focus'));
  const next = picks[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
