/** A length of time that was measured, in ms: `8 ms`, `0.4 s`, `12.3 s`, `2 m 5 s`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  return joinUnits(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'm');
}

/** From one length of time to another, in ms, rounded outwards: `0.3–0.5 s`, `4–6 s`, `5 s`, `1 m 50 s – 2 m 5 s`. */
export function span(low: number, high: number): string {
  if (high > 59_000) return `${duration(low)} – ${duration(high)}`;
  const unit = high < 3000 ? 100 : 1000;
  const [from, to] = [Math.floor(low / unit), Math.ceil(high / unit)].map((n) =>
    unit === 100 ? (n / 10).toFixed(1) : String(n),
  );
  return from === to ? `${to} s` : `${from}–${to} s`;
}

/** A short time that was measured, in ms, as exact as it says something: `4.1 ms`, `231 ms`, `1.4 s`. */
export function shortTime(ms: number): string {
  if (ms < 9.95) return `${Math.max(0, ms).toFixed(1)} ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : duration(ms);
}

/** A time that goes on, in ms, in whole units so that it changes calmly: `5 s`, `3 m`, `2 h 10 m`, `4 d`. */
export function uptime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  if (seconds < 86_400)
    return joinUnits(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'm');
  return joinUnits(Math.floor(seconds / 86_400), 'd', Math.floor((seconds % 86_400) / 3600), 'h');
}

function joinUnits(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * `14:03:11`; `Nov 21, 14:03:11` where it is another day than now; with the year where that differs.
 * Both in ms since the epoch.
 */
export function clock(at: number, now: number): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return time;
  const day = date.toLocaleDateString('en', {
    month: 'short',
    day: 'numeric',
    ...(date.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }),
  });
  return `${day}, ${time}`;
}

/** `0 B`, `840 B`, `12 KB`, `3.4 MB`: in steps of 1024. */
export function bytes(n: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = n;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** `1 file`, `3 files`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  const before = words.slice(0, -1);
  return before.length === 0 ? last : `${before.join(', ')} and ${last}`;
}
