import type { LogMark } from '#shared/contract.ts';
import { LogText } from './LogText.tsx';
import { markText } from './logItems.ts';
import { dayText, timeText } from './recordTimes.ts';
import type { RowLook } from './rowLook.ts';

/** Draws a thin line between records that says what happened there. */
export function MarkRow({ mark, look }: { mark: LogMark; look: RowLook }) {
  const moment = { time: mark.time, arrived: mark.time, raw: '' };
  return (
    <div className="log-mark" data-kind={mark.kind} data-look={lookOf(mark)}>
      <span className="log-mark-text">
        <LogText text={markText(mark)} />
      </span>
      <span className="log-mark-time">{timeText(moment, look.times, look.started, look.now).text}</span>
    </div>
  );
}

/** Draws the line above another day's records. */
export function DayRow({ time, look }: { time: number; look: RowLook }) {
  return (
    <div className="log-mark" data-kind="day">
      <span className="log-mark-text">{dayText(time, look.times)}</span>
    </div>
  );
}

const LOOKS: Readonly<Record<string, 'good' | 'warn' | 'bad'>> = {
  ok: 'good',
  swapped: 'good',
  failed: 'bad',
  stuck: 'bad',
  crashed: 'bad',
  'timed out': 'bad',
  partial: 'warn',
  refused: 'warn',
  unproven: 'warn',
};
/** Signals that end a server that was asked to. */
const ASKED = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', '0', '', 'null']);

function lookOf({ kind, label }: LogMark): 'good' | 'warn' | 'bad' | 'plain' {
  const look = LOOKS[label];
  if (look !== undefined || kind !== 'run-ended') return look ?? 'plain';
  return ASKED.has(label) || /^[a-z]/.test(label) ? 'plain' : 'bad';
}
