import { stripAnsi } from '#shared/ansi.ts';
import type { LogRecord } from '#shared/contract.ts';

/** Returns a record as the program wrote it, without colors, for the clipboard. */
export const textOf = ({ raw, extra }: Pick<LogRecord, 'raw' | 'extra'>): string =>
  [stripAnsi(raw).trimEnd(), ...extra].join('\n');

/**
 * Tells whether a record has no parts of its own, so that its first line is all there is to show, such as a compiler's
 * output.
 */
export const isPlain = ({ level, target, spans, fields }: LogRecord): boolean =>
  level === null && target === null && spans.length === 0 && fields.length === 0;
