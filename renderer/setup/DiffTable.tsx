import { Fragment } from 'react';
import type { DiffLine } from '../../preload/contract.ts';
import { SIGNS } from './diffText.ts';
import { LineText } from './LineText.tsx';

const WORDS: Record<DiffLine['kind'], string | undefined> = {
  same: undefined,
  removed: 'removed',
  added: 'added',
};

/** Hunks as lines with their numbers before and after, and a sign that says what becomes of each. */
export function DiffTable({ hunks, label }: { hunks: readonly (readonly DiffLine[])[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys
    <section className="diff" aria-label={label} tabIndex={0}>
      <table>
        <tbody>
          {hunks.map((hunk, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the hunks of one diff never change places
            <Fragment key={i}>
              {i === 0 ? null : <Gap />}
              {hunk.map((line) => (
                <Line key={`${line.before} ${line.after}`} line={line} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line: { kind, before, after, text } }: { line: DiffLine }) {
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
        <LineText text={text} />
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
