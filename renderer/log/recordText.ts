import type { LogRecord } from '#shared/contract.ts';
import { stripAnsi } from '../ui/ansi/ansiRuns.ts';

/** A record as the program wrote it, without colours: for the clipboard. */
export const textOf = ({ raw, extra }: Pick<LogRecord, 'raw' | 'extra'>): string =>
  [stripAnsi(raw).trimEnd(), ...extra].join('\n');

/**
 * Whether a record has no parts of its own, so that its first line is all there is to show: what nothing is known of,
 * such as a compiler's words.
 */
export const isPlain = ({ level, target, spans, fields }: LogRecord): boolean =>
  level === null && target === null && spans.length === 0 && fields.length === 0;
