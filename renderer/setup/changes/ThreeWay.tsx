import { useMemo } from 'react';
import type { Conflict } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { LineText } from '../../ui/diff/LineText.tsx';
import { type Cell, threeWayRows } from './threeWayRows.ts';
import '../../ui/diff/diff.css';

/** Shows a file before the setup, as the setup left it, and now; lines that belong together side by side. */
export function ThreeWay({ conflict }: { conflict: Conflict }) {
  const rows = useMemo(() => threeWayRows(conflict), [conflict]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys
    <section className="line-table three" aria-label={`Three ways of ${conflict.file}`} tabIndex={0}>
      <table>
        <colgroup>
          <col className="three-number" />
          <col />
          <col className="three-number" />
          <col />
          <col className="three-number" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <Head title="Original" missing={conflict.original === null} />
            <Head title="As set up" missing={conflict.applied === null} />
            <Head title="Now" missing={conflict.current === null} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) =>
            row.kind === 'gap' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one file never change places
              <tr key={i} className="three-gap">
                <td colSpan={6}>{count(row.lines, 'equal line')}</td>
              </tr>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one file never change places
              <tr key={i}>
                <Side cell={row.original} applied={row.applied} />
                <Side cell={row.applied} applied={row.applied} />
                <Side cell={row.current} applied={row.applied} />
              </tr>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}

function Head({ title, missing }: { title: string; missing: boolean }) {
  return (
    <th scope="col" colSpan={2}>
      {title}
      {missing ? <span className="three-missing"> no such file</span> : null}
    </th>
  );
}

/** A line of one of the files; marked where it differs from what the setup left. */
function Side({ cell, applied }: { cell: Cell; applied: Cell }) {
  const differs = cell?.text !== applied?.text;
  return (
    <>
      <td className="diff-number">{cell?.line}</td>
      <td className="three-text" data-differs={differs} data-none={cell === null}>
        {cell === null ? null : <LineText text={cell.text} />}
      </td>
    </>
  );
}
