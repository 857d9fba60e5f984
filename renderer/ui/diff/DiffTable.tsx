import { Fragment, useMemo } from 'react';
import type { DiffLine } from '#shared/contract.ts';
import { type Difference, differences, SIGNS } from './diffText.ts';
import { LineText } from './LineText.tsx';
import './diff.css';

const WORDS: Record<DiffLine['kind'], string | undefined> = {
  same: undefined,
  removed: 'removed',
  added: 'added',
};

/** Shows hunks as lines with their numbers before and after, and a sign for what becomes of each. */
export function DiffTable({ hunks, label }: { hunks: readonly (readonly DiffLine[])[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys
    <section className="line-table diff" aria-label={label} tabIndex={0}>
      <table>
        <tbody>
          {hunks.map((hunk, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the hunks of one diff never change places
            <Fragment key={i}>
              {i === 0 ? null : <Gap />}
              <Hunk hunk={hunk} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Hunk({ hunk }: { hunk: readonly DiffLine[] }) {
  const differing = useMemo(() => differences(hunk), [hunk]);
  return hunk.map((line) => (
    <Line key={`${line.before} ${line.after}`} line={line} difference={differing.get(line)} />
  ));
}

interface LineProps {
  readonly line: DiffLine;
  readonly difference: Difference | undefined;
}

function Line({ line: { kind, before, after, text }, difference }: LineProps) {
  return (
    <tr data-kind={kind}>
      <td className="diff-number">{before}</td>
      <td className="diff-number">{after}</td>
      <td className="diff-sign">
        <span role="img" aria-label={WORDS[kind]} aria-hidden={kind === 'same'}>
          {SIGNS[kind]}
        </span>
      </td>
      <td className="diff-text">
        <LineText text={text} difference={difference} />
      </td>
    </tr>
  );
}

function Gap() {
  return (
    <tr className="diff-gap">
      <td colSpan={2}>⋮</td>
      <td />
      <td />
    </tr>
  );
}
