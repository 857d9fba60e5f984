import { useEffect } from 'react';
import type { Answer } from '#shared/contract.ts';
import { useSession } from '../../state/store.ts';
import { Figures } from './Figures.tsx';
import { NumbersTable } from './NumbersTable.tsx';
import { focusOn, followNumbers, RANGES, refreshNumbers, setDays, useNumbers } from './numbersStore.ts';
import { basisText } from './numbersTexts.ts';
import { PathChart } from './PathChart.tsx';
import { SlowList } from './SlowList.tsx';
import { tableRows } from './tableRows.ts';
import './numbers.css';
import './parts.css';

/** Shows how long things take, how that changes, and what was out of the ordinary. */
export function Numbers() {
  const answer = useNumbers((numbers) => numbers.answer);
  const failure = useNumbers((numbers) => numbers.failure);
  useEffect(followNumbers, []);
  return (
    <div className="numbers" aria-busy={answer === null}>
      {failure === null ? null : (
        <p className="history-failed" role="alert">
          {failure.message} {failure.remedy}{' '}
          <button type="button" className="link" onClick={() => void refreshNumbers()}>
            Try again
          </button>
        </p>
      )}
      {answer === null ? null : <Answered answer={answer} />}
    </div>
  );
}

function Answered({ answer }: { answer: Answer<'numbers'> }) {
  const nodes = useSession((session) => session.graph.nodes);
  const days = useNumbers((numbers) => numbers.days);
  const focus = useNumbers((numbers) => numbers.focus);
  const { whole, modules, slow, path } = answer;
  if (whole.builds + whole.reloads === 0) return <NoNumbers answer={answer} />;
  const rows = tableRows(modules, nodes);
  const labels = new Map(rows.map(({ module, label }) => [module ?? '', label]));
  const labelOf = (name: string): string => labels.get(name) ?? name;
  const row = focus === null ? whole : (rows.find(({ module }) => module === focus) ?? whole);
  const range = RANGES.find((each) => each.days === days)?.words ?? `${days} days`;
  const few = Math.max(whole.figures.build?.count ?? 0, whole.figures.load?.count ?? 0) <= 10;
  return (
    <>
      <div className="numbers-basis">
        <h3>{row.module === null ? 'Overall' : labelOf(row.module)}</h3>
        <p>{basisText(answer, row, range).join(' ')}</p>
        {row.module === null ? null : (
          <button type="button" className="link" onClick={() => focusOn(null)}>
            Show overall numbers
          </button>
        )}
      </div>
      <div className="numbers-parts">
        <Figures row={row} label={row.module ?? 'all modules'} focus={answer.focus} />
        <SlowList slow={slow} few={few} labelOf={labelOf} />
        <div className="numbers-modules">
          <NumbersTable whole={whole} rows={rows} />
          <p className="figure-note">
            Each cell shows the median, with the p95 below it (the max if there are fewer than 20 samples). In
            charts, the solid line is the median, the dashed line the p95, and a triangle an unusually slow
            sample.
          </p>
        </div>
        <PathChart path={path} labelOf={labelOf} />
      </div>
    </>
  );
}

/** Nothing to count: says why, and what to do. */
function NoNumbers({ answer: { builds, reloads } }: { answer: Answer<'numbers'> }) {
  const days = useNumbers((numbers) => numbers.days);
  const range = RANGES.find((each) => each.days === days)?.words ?? `${days} days`;
  const widest = RANGES[RANGES.length - 1];
  const earlier = builds.all + reloads.all > builds.inRange + reloads.inRange;
  return (
    <div className="history-empty">
      <h2>{earlier ? `Nothing was built or reloaded in ${range}` : 'No numbers yet'}</h2>
      <p>
        {earlier
          ? 'There are earlier builds or reloads.'
          : 'After the first build and reload, this view shows how long each module takes to build, link and swap, what is slowest, and whether it is getting slower. Trends and outliers need at least 10 builds or reloads.'}
      </p>
      {earlier && widest !== undefined && days !== widest.days ? (
        <p className="history-actions">
          <button type="button" className="button small" onClick={() => setDays(widest.days)}>
            Show {widest.words}
          </button>
        </p>
      ) : null}
    </div>
  );
}
