import { stripAnsi } from '#shared/ansi.ts';
import type { LogHit, LogRecord } from '#shared/contract.ts';

export type Span = LogHit['spans'][number];

/** What a search found, by line. */
export type HitSpans = ReadonlyMap<number, readonly Span[]>;

/** Returns the spans that lie in a part of a text, as places in that part. */
export function spansWithin(spans: readonly Span[], start: number, length: number): Span[] {
  return spans.flatMap((span) => {
    const from = Math.max(span.start, start);
    const to = Math.min(span.start + span.length, start + length);
    return to > from ? [{ start: from - start, length: to - from }] : [];
  });
}

/** A part of what a row shows of a record's first line. */
export interface RecordPart {
  readonly kind: 'target' | 'span' | 'message' | 'name' | 'value';
  readonly text: string;
  /** What a search found in it. */
  readonly found: readonly Span[];
}

/** Returns the first line of a message; the others stand in the block below it. */
export const headline = (message: string): string => {
  const end = message.indexOf('\n');
  return end === -1 ? message : message.slice(0, end);
};

/**
 * Returns what a row shows after time and level: target, spans, message, fields. Matches in the line as written are
 * marked in these parts, where they stand there word by word.
 */
export function recordParts(record: LogRecord, found: readonly Span[]): RecordPart[] {
  const line = found.length === 0 ? '' : stripAnsi(record.raw);
  const piece = (kind: RecordPart['kind'], text: string, at: number): RecordPart => ({
    kind,
    text,
    found: at === -1 ? [] : spansWithin(found, at, text.length),
  });
  const { target, spans, fields } = record;
  const message = headline(record.message);
  const targetAt = target === null ? -1 : line.indexOf(target);
  const messageAt = line.indexOf(message, Math.max(0, targetAt) + (target?.length ?? 0));
  let cursor = Math.max(0, messageAt) + message.length;
  const fieldPieces = fields.flatMap(({ name, value }) => {
    const nameAt = line.indexOf(name, cursor);
    const valueAt = nameAt === -1 ? -1 : line.indexOf(value, nameAt + name.length);
    if (valueAt !== -1) cursor = valueAt + value.length;
    return [piece('name', name, nameAt), piece('value', value, valueAt)];
  });
  return [
    ...(target === null ? [] : [piece('target', target, targetAt)]),
    ...spans.map((span) => {
      const text = spanText(span);
      return piece('span', text, line.indexOf(text));
    }),
    piece('message', message, messageAt),
    ...fieldPieces,
  ];
}

/** `request{method=GET path=/}` */
function spanText({ name, fields }: LogRecord['spans'][number]): string {
  if (fields.length === 0) return name;
  return `${name}{${fields.map((field) => `${field.name}=${field.value}`).join(' ')}}`;
}
