/** Longer texts are cut: a page may make an address as long as it likes. */
const maxLength = 500;

/** One line on the app's stderr; `details` are appended, for the reader of the log. */
export function log(message: string, details?: unknown): void {
  const suffix = details === undefined ? '' : ` (${describe(details)})`;
  // What comes from elsewhere must not be able to forge a line, or to move the terminal's cursor.
  const line = `${message}${suffix}`.slice(0, maxLength).replaceAll(/[\x00-\x1f\x7f-\x9f]/g, ' ');
  process.stderr.write(`[app] ${line}\n`);
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
