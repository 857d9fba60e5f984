import type { LogRecord } from '#shared/contract.ts';
import { runsOf } from '../ui/ansi/ansiRuns.ts';

/** The text without escape sequences. */
export const stripAnsi = (text: string): string =>
  text.includes('\x1b')
    ? runsOf(text)
        .map((run) => run.text)
        .join('')
    : text;

/** A record as the program wrote it, without colours: for the clipboard. */
export const textOf = ({ raw, extra }: Pick<LogRecord, 'raw' | 'extra'>): string =>
  [stripAnsi(raw).trimEnd(), ...extra].join('\n');

/**
 * Whether a record has no parts of its own, so that its first line is all there is to show: what nothing is known of,
 * such as a compiler's words.
 */
export const isPlain = ({ level, target, spans, fields }: LogRecord): boolean =>
  level === null && target === null && spans.length === 0 && fields.length === 0;
