/** How much the app's own log says: the level that HOTDECK_LOG names, and all before it in this list. */
const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type AppLogLevel = (typeof logLevels)[number];

/** Reads HOTDECK_LOG; null where it is not set, or names no level. */
export function parseLogLevel(value: string | undefined): AppLogLevel | null {
  const wanted = value?.trim().toLowerCase();
  return logLevels.find((level) => level === wanted) ?? null;
}

/** Whether something of this level is said where `most` is the level that says most. */
export const isSaid = (level: AppLogLevel, most: AppLogLevel): boolean =>
  logLevels.indexOf(level) <= logLevels.indexOf(most);

const ENGINE = /^\[engine ([a-z]+)\] /;

/** A line on the engine's stderr that the app can tell the level of. */
export const engineLine = (level: AppLogLevel, message: string): string => `[engine ${level}] ${message}`;

/** Reads a line of the engine's stderr. What it did not write as one of its own is an error: Node's trace of a crash. */
export function parseEngineLine(line: string): { level: AppLogLevel; message: string } {
  const found = ENGINE.exec(line);
  const level = parseLogLevel(found?.[1]);
  return found === null || level === null
    ? { level: 'error', message: line }
    : { level, message: line.slice(found[0].length) };
}
