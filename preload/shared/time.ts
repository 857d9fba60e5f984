const two = (n: number): string => String(n).padStart(2, '0');

/** How exactly a time of day is written. */
export type Precision = 'minutes' | 'seconds' | 'milliseconds';

/** Writes the local time of day: `14:03`, `14:03:11`, `14:03:11.123`. @param at ms since the epoch. */
export function timeOfDay(at: number, precision: Precision = 'seconds'): string {
  const date = new Date(at);
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (precision === 'minutes') return minutes;
  const seconds = `${minutes}:${two(date.getSeconds())}`;
  return precision === 'seconds' ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Says whether two times, both in ms since the epoch, lie on one local day. */
export const isSameDay = (one: number, other: number): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();

/** Writes the local day: `Nov 21`, with the year where it is another than now. Both in ms since the epoch. */
export function shortDay(at: number, now: number): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en', {
    month: 'short',
    day: 'numeric',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** Writes a local time: `14:03:11`, or `Nov 21, 14:03:11` where it is another day than now. Both in ms since the epoch. */
export const clock = (at: number, now: number): string =>
  isSameDay(at, now) ? timeOfDay(at) : `${shortDay(at, now)}, ${timeOfDay(at)}`;

/** Writes the local day so that it can be sorted and parsed: `2026-11-21`. @param at ms since the epoch. */
export function isoDay(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
