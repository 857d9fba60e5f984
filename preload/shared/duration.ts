const DAY_SECONDS = 86_400;

/** Writes a measured length of time, in ms: `8 ms`, `0.4 s`, `12.3 s`, `2 m 5 s`, `3 h 4 m`, `2 d 1 h`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  return inTwoUnits(Math.round(ms / 1000));
}

/** Writes a range of lengths of time, in ms, rounded outwards: `0.3–0.5 s`, `4–6 s`, `5 s`, `1 m 50 s – 2 m 5 s`. */
export function span(low: number, high: number): string {
  if (high > 59_000) return `${duration(low)} – ${duration(high)}`;
  const unit = high < 3000 ? 100 : 1000;
  const [from, to] = [Math.floor(low / unit), Math.ceil(high / unit)].map((n) =>
    unit === 100 ? (n / 10).toFixed(1) : String(n),
  );
  return from === to ? `${to} s` : `${from}–${to} s`;
}

/** Writes a length of time that is compared with others, in ms, with the digits for it: `4.1 ms`, `231 ms`, `1.4 s`. */
export function shortTime(ms: number): string {
  if (ms < 9.95) return `${Math.max(0, ms).toFixed(1)} ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : duration(ms);
}

/** Writes a time that goes on, in ms, in whole units so that it changes calmly: `5 s`, `3 m`, `2 h 10 m`, `4 d`. */
export function uptime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} m` : inTwoUnits(seconds);
}

/** Writes a limit that was set, in ms: `300 ms`, `1.5 s`, `8 s`, `2 m`. */
export function timeLimit(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < 60_000 ? `${Math.round(ms / 100) / 10} s` : inTwoUnits(Math.round(ms / 1000));
}

/** The two largest units of a minute or more. */
function inTwoUnits(seconds: number): string {
  if (seconds < 3600) return joinUnits(seconds, 60, 'm', 1, 's');
  return seconds < DAY_SECONDS
    ? joinUnits(seconds, 3600, 'h', 60, 'm')
    : joinUnits(seconds, DAY_SECONDS, 'd', 3600, 'h');
}

function joinUnits(seconds: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % big) / small);
  return `${Math.floor(seconds / big)} ${bigUnit}${rest === 0 ? '' : ` ${rest} ${smallUnit}`}`;
}
