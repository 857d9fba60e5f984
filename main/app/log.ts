/** One line on the app's stderr; `details` are appended as they are, for the reader of the log. */
export function log(message: string, details?: unknown): void {
  const suffix = details === undefined ? '' : ` (${describe(details)})`;
  process.stderr.write(`[app] ${message}${suffix}\n`);
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
