import { type AppLogLevel, isSaid, parseLogLevel } from '#shared/logLevel.ts';
import { LogFile } from './logFile.ts';

/** Longer texts are cut: a page may make an address as long as it likes. */
const maxLength = 500;
const control = /[\x00-\x1f\x7f-\x9f]/g;

let file: LogFile | null = null;

/** Keeps the lines in this folder, too, from now on. */
export function keepLogIn(folder: string): LogFile {
  file?.close();
  file = new LogFile(folder);
  return file;
}

/** Writes one line that something was refused or went wrong; `details` are appended, for the reader of the log. */
export const log = (message: string, details?: unknown): void => logAt('warn', message, details);

/** Writes one line of the app itself. */
export function logAt(level: AppLogLevel, message: string, details?: unknown): void {
  const suffix = details === undefined ? '' : ` (${describe(details)})`;
  write(level, 'app', `${message}${suffix}`);
}

/** Writes a line that the engine has said. */
export const logOfEngine = (level: AppLogLevel, message: string): void => write(level, 'engine', message);

/** To stderr what goes wrong, to the file how the app got there, too; and to both what HOTDECK_LOG asks for. */
function write(level: AppLogLevel, who: string, message: string): void {
  // What comes from elsewhere must not be able to forge a line, or to move the terminal's cursor.
  const line = message.slice(0, maxLength).replaceAll(control, ' ');
  const wanted = parseLogLevel(process.env.HOTDECK_LOG);
  if (isSaid(level, wanted ?? 'warn')) process.stderr.write(`[${who}] ${line}\n`);
  if (isSaid(level, wanted ?? 'info')) {
    file?.append(`${new Date().toISOString()} ${level.padEnd(5)} [${who}] ${line}\n`);
  }
}

/** An unknown thrown value as a short text. */
export function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The terminal that started the app may be closed before the app is: that must not bring it down. */
export function surviveClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreBrokenPipe);
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  // Nowhere is left to say it, and nothing depends on the lines.
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}
