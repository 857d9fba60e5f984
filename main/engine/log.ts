import { type AppLogLevel, engineLine, isSaid, parseLogLevel } from '#shared/logLevel.ts';

/** Longer texts are cut: what others send may be as long as they like. */
const MAX_LENGTH = 1000;
const CONTROL = /[\x00-\x1f\x7f-\x9f]+/g;

/**
 * Writes a line to the app's own log, by way of stderr. Lines below "info" are left out unless HOTDECK_LOG asks for
 * them. Never what is in files, in the terminal, or what a user has typed.
 */
export function log(level: AppLogLevel, message: string): void {
  if (!isSaid(level, parseLogLevel(process.env.HOTDECK_LOG) ?? 'info')) return;
  process.stderr.write(`${engineLine(level, message.slice(0, MAX_LENGTH).replaceAll(CONTROL, ' '))}\n`);
}
