import type { TimeRange } from '../tiles/timeScale.ts';

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** A new day (of fine ticks), or a new year: told more strongly. */
  readonly major: boolean;
}

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
/** Steps that people count in, ms; months and years come after them. */
const STEPS: readonly number[] = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60];
const MONTH = 30.4 * DAY;

/**
 * Returns the ticks of an axis, on round times of the user's own clock.
 * @param least px between two of them: room for a label.
 */
export function ticksOf({ from, to }: TimeRange, width: number, least = 86): Tick[] {
  const wanted = ((to - from) / Math.max(1, width)) * least;
  const step = STEPS.find((each) => each >= wanted);
  if (step === undefined) return monthTicks(from, to, wanted);
  return step >= DAY ? dayTicks(from, to, step / DAY) : clockTicks(from, to, step);
}

/** Steps of less than a day, from midnight on: so they fall on round hours also where the clock is put on or back. */
function clockTicks(from: number, to: number, step: number): Tick[] {
  const ticks: Tick[] = [];
  for (let day = midnight(from); day <= to; day = nextDay(day, 1)) {
    const end = nextDay(day, 1);
    const first = day >= from ? 0 : Math.ceil((from - day) / step);
    for (let at = day + first * step; at < end && at <= to; at += step)
      ticks.push({ at, label: at === day ? dayLabel(at) : clockLabel(at, step), major: at === day });
  }
  return ticks;
}

function dayTicks(from: number, to: number, days: number): Tick[] {
  const ticks: Tick[] = [];
  for (let day = midnight(from); day <= to; day = nextDay(day, 1)) {
    if (day >= from && dayNumber(day) % days === 0) {
      const { first, label } = monthStart(day, days);
      ticks.push({ at: day, label, major: first });
    }
  }
  return ticks;
}

function monthTicks(from: number, to: number, wanted: number): Tick[] {
  const step = MONTH_STEPS.find((months) => months * MONTH >= wanted) ?? 120;
  const ticks: Tick[] = [];
  const date = new Date(from);
  for (let month = date.getFullYear() * 12 + date.getMonth(); ; month += 1) {
    const at = new Date(0, 0, 1);
    at.setFullYear(Math.floor(month / 12), month % 12, 1);
    if (at.getTime() > to) return ticks;
    if (month % step !== 0 || at.getTime() < from) continue;
    const january = month % 12 === 0;
    const label = january ? String(at.getFullYear()) : at.toLocaleDateString('en', { month: 'short' });
    ticks.push({ at: at.getTime(), label, major: january });
  }
}

function midnight(at: number): number {
  const date = new Date(at);
  return date.setHours(0, 0, 0, 0);
}

/** Midnight so many days later; a day may have 23 or 25 hours. */
function nextDay(day: number, days: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

const dayNumber = (day: number): number =>
  Math.round((day - new Date(day).getTimezoneOffset() * MINUTE) / DAY);

const dayLabel = (at: number): string =>
  new Date(at).toLocaleDateString('en', { weekday: 'short', month: 'short', day: 'numeric' });

function monthStart(day: number, days: number): { first: boolean; label: string } {
  const date = new Date(day);
  return {
    first: days === 1 && date.getDay() === 1,
    label: date.toLocaleDateString('en', { month: 'short', day: 'numeric' }),
  };
}

/** `14:03`, `14:03:11`, `14:03:11.50`: as fine as the step. */
function clockLabel(at: number, step: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (step >= MINUTE) return minutes;
  const seconds = `${minutes}:${two(date.getSeconds())}`;
  if (step >= SECOND) return seconds;
  const ms = String(Math.round(at % 1000)).padStart(3, '0');
  return `${seconds}.${step >= 100 ? ms.slice(0, 1) : ms.slice(0, 2)}`;
}
