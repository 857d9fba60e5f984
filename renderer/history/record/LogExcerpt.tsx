import { useEffect, useState } from 'react';
import type { HistoryRecord, LogRecord } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { bridge } from '../../state/bridge.ts';
import { AnsiText } from '../../ui/ansi/AnsiText.tsx';
import { excerptOf, type LogExcerptRange } from './excerptRange.ts';

type Read =
  | { name: 'reading' }
  | { name: 'read'; records: readonly LogRecord[]; cut: LogExcerptRange }
  | { name: 'gone' };

/** Shows the first or last lines that the program wrote meanwhile. */
export function LogExcerpt({ record }: { record: HistoryRecord }) {
  const [read, setRead] = useState<Read>({ name: 'reading' });
  useEffect(() => {
    const cut = excerptOf(record);
    if (cut === null) return setRead({ name: 'gone' });
    let left = false;
    void readCut(cut).then((records) => {
      if (left) return;
      setRead(records === null ? { name: 'gone' } : { name: 'read', records, cut });
    });
    return () => {
      left = true;
    };
  }, [record]);
  // That a log is no longer kept is said where somebody wants to see it.
  if (read.name !== 'read' || read.records.length === 0) return null;
  const { records, cut } = read;
  const lines = records.reduce((sum, each) => sum + each.lines, 0);
  return (
    <details className="log-part" open>
      <summary>
        {cut.name} <span className="record-note">{cut.total > lines ? tellPart(cut, lines) : ''}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keys scroll in it */}
      <pre role="log" aria-live="off" tabIndex={0} aria-label={cut.name}>
        {records.map(({ line, raw, extra }) => (
          <span key={line}>
            <AnsiText text={raw.trimEnd()} />
            {extra.map((more) => `\n${more}`).join('')}
            {'\n'}
          </span>
        ))}
      </pre>
    </details>
  );
}

const tellPart = ({ total, isEnd }: LogExcerptRange, lines: number): string =>
  `the ${isEnd ? 'last' : 'first'} ${lines} of ${count(total, 'line')}`;

/** Null: that log can't be read, or is no longer kept. */
async function readCut({
  run,
  from,
  until,
  isEnd,
  most,
}: LogExcerptRange): Promise<readonly LogRecord[] | null> {
  const filter = { levels: [], target: '', pattern: null, since: null };
  const direction = isEnd ? ('backward' as const) : ('forward' as const);
  try {
    const answer = await bridge().query('readLog', {
      run,
      filter,
      from: isEnd ? until : from,
      direction,
      limit: most,
    });
    if (!answer.ok) return null;
    const [first, end] = [from ?? 0, until ?? Number.POSITIVE_INFINITY];
    return answer.value.records.filter(({ line }) => line >= first && line < end);
  } catch {
    return null;
  }
}
