import { stripAnsi } from '#shared/ansi.ts';
import type { LogRecord } from '#shared/contract.ts';
import { uptime } from '#shared/duration.ts';
import type { TimeForm } from '../state/display.ts';

export interface TimeText {
  readonly text: string;
  /** The record does not say when it was written: this is when it came. */
  readonly arrival: boolean;
}

type Timed = Pick<LogRecord, 'time' | 'arrived' | 'raw'>;

/**
 * Formats the time of a record as the user wants it.
 * @param started when the run began.
 * @param now for `ago`. Both in ms since the epoch.
 */
export function timeText(record: Timed, form: TimeForm, started: number, now: number): TimeText {
  const arrival = record.time === null;
  const at = record.time ?? record.arrived;
  switch (form) {
    case 'written':
      return { text: writtenTime(record.raw) ?? (arrival ? '' : utcTime(at)), arrival: false };
    case 'local':
      return { text: localTime(at), arrival };
    case 'utc':
      return { text: utcTime(at), arrival };
    case 'run':
      return { text: sinceStart(at - started), arrival };
    case 'ago':
      return { text: now - at < 1000 ? 'now' : `${uptime(now - at)} ago`, arrival };
  }
}

const two = (n: number): string => String(n).padStart(2, '0');
const three = (n: number): string => String(n).padStart(3, '0');

/** Formats a local time: `14:03:11.123`. */
export function localTime(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${three(date.getMilliseconds())}`;
}

/** Formats a time in UTC: `13:03:11.123Z`. */
export const utcTime = (at: number): string => new Date(at).toISOString().slice(11);

/**
 * Formats the time since the run began, in seconds, minutes and hours: `+0.123`, `+2:03.456`, `+1:02:03.456`.
 */
export function sinceStart(ms: number): string {
  const whole = Math.round(Math.abs(ms));
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor(whole / 60_000) % 60;
  const seconds = Math.floor(whole / 1000) % 60;
  const rest = `.${three(whole % 1000)}`;
  const sign = ms < 0 && whole > 0 ? '-' : '+';
  if (hours > 0) return `${sign}${hours}:${two(minutes)}:${two(seconds)}${rest}`;
  return minutes > 0 ? `${sign}${minutes}:${two(seconds)}${rest}` : `${sign}${seconds}${rest}`;
}

const WRITTEN = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?/;
/** So far into a line the time of a record stands, if anywhere. */
const HEAD_CHARS = 200;

/** Returns the time as the program wrote it; null where it wrote none. */
export const writtenTime = (raw: string): string | null =>
  WRITTEN.exec(stripAnsi(raw.slice(0, HEAD_CHARS)))?.[0] ?? null;

/** Numbers the day of a time; null where times are written in a form that names days or needs none. */
export function dayNumber(at: number, form: TimeForm): number | null {
  if (form !== 'local' && form !== 'utc') return null;
  const offset = form === 'utc' ? 0 : new Date(at).getTimezoneOffset() * 60_000;
  return Math.floor((at - offset) / 86_400_000);
}

/** Formats the day of a time: `Mon, Nov 23, 2026`. */
export function dayText(at: number, form: TimeForm): string {
  return new Date(at).toLocaleDateString('en', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    ...(form === 'utc' ? { timeZone: 'UTC' } : {}),
  });
}
