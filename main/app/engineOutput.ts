import { createInterface } from 'node:readline';
import { parseEngineLine } from '#shared/logLevel.ts';
import { logOfEngine } from './log.ts';

/** Takes what the engine writes to stderr into the app's own log, line by line, until it has ended. */
export function logEngineOutput(stderr: NodeJS.ReadableStream): void {
  const lines = createInterface({ input: stderr });
  lines.on('line', (line) => {
    const { level, message } = parseEngineLine(line);
    logOfEngine(level, message);
  });
}
