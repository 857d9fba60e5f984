import { memo } from 'react';
import type { LogRecord, Stream } from '#shared/contract.ts';
import { ColoredLine } from './ColoredLine.tsx';
import { LogText } from './LogText.tsx';
import { pickRecord } from './logViewStore.ts';
import { RecordDetails } from './RecordDetails.tsx';
import { isPlain } from './recordText.ts';
import { timeText } from './recordTimes.ts';
import type { RowLook } from './rowLook.ts';
import { type HitSpans, type RecordPart, recordParts, type Span } from './searchHighlights.ts';

interface Props {
  readonly stream: Stream;
  readonly record: LogRecord;
  readonly look: RowLook;
  readonly found: HitSpans | null;
  readonly selected: boolean;
  /** All of it is shown. */
  readonly open: boolean;
}

/** So much of one line a row shows; the details show all. */
const MOST_CHARS = 3000;

/** Shows one record: time, level, target, message; its further lines below. */
export const RecordRow = memo(function RecordRow(props: Props) {
  const { stream, record, look, found, selected, open } = props;
  const { line, level, extra } = record;
  const time = timeText(record, look.times, look.started, look.now);
  return (
    <article
      className="record"
      data-level={level ?? 'none'}
      data-line={line}
      aria-current={selected}
      data-hit={found !== null}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are the list's, see listKeys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div className="record-line" onClick={() => pick(() => pickRecord(stream, record))}>
        <span
          className="record-time"
          data-arrival={time.arrival}
          title={time.arrival ? 'Time received; the line itself has no time' : undefined}
        >
          {time.text}
        </span>
        <span className="record-level">{level === null ? '' : level.toUpperCase()}</span>
        <span className="record-text">
          {look.colors && found === null && isPlain(record) ? (
            <ColoredLine text={record.raw.slice(0, MOST_CHARS)} />
          ) : (
            recordParts(record, found?.get(line) ?? NONE).map((piece, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one record never change places
              <RecordPartText key={i} piece={piece} />
            ))
          )}
        </span>
      </div>
      {extra.length === 0 ? null : (
        <pre className="record-block">
          {extra.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one record never change places
            <div key={i} data-at={line + 1 + i}>
              <LogText text={text.slice(0, MOST_CHARS)} found={found?.get(line + 1 + i) ?? NONE} />
            </div>
          ))}
        </pre>
      )}
      {open ? (
        <RecordDetails stream={stream} record={record} look={look} found={found?.get(line) ?? NONE} />
      ) : null}
    </article>
  );
});

const NONE: readonly Span[] = [];

/** A click, unless it ends a selection of text. */
function pick(act: () => void): void {
  if (getSelection()?.isCollapsed !== false) act();
}

function RecordPartText({ piece: { kind, text, found } }: { piece: RecordPart }) {
  const shown = text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}\u2026` : text;
  return (
    <span className={`piece-${kind}`}>
      <LogText text={shown} found={found} />
    </span>
  );
}
