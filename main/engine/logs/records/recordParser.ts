/**
 * Turns the lines of a log into records. What is known of log formats is the table in formats.ts (and, for those that
 * events/ reads too, the readers there): how a record begins, what its first line says, which lines below belong to it.
 *
 * A line is read in its first 16 KB only: a longer one keeps its whole `text`, but `message` ends there. Whether a record
 * begins on a line is decided by its first 512 characters. Time grows with the length of what is read, whatever it is.
 */
import { stripAnsi } from '#shared/ansi.ts';
import { spansBelow } from './bodies.ts';
import { type Found, HEAD_CHARS } from './formats.ts';
import { Grouper, LONGEST_MORE_BYTES, PLAIN } from './grouper.ts';
import type { LogRecord } from './record.ts';

/** So many characters of a line are read for target, message and fields. */
const READ_CHARS = 16 * 1024;

export class RecordParser {
  readonly #grouper = new Grouper();
  #open: LogRecord | null = null;

  /** Whether a record waits for lines that may belong to it. */
  get pending(): boolean {
    return this.#open !== null;
  }

  /**
   * @param line without its line end; escape sequences may be in it.
   * @returns the records that are complete now, in order: one is as soon as the next begins, or by its own last line.
   */
  push(line: string): LogRecord[] {
    const text = stripAnsi(line.endsWith('\r') ? line.slice(0, -1) : line);
    const place = this.#grouper.next(text.slice(0, HEAD_CHARS), isLong(line));
    if (place.kind === 'more' && this.#open !== null) {
      this.#add(this.#open, text, place.message);
      return this.#grouper.open ? [] : this.#take();
    }
    const complete = this.#take();
    this.#open = recordOf(text, place.kind === 'start' ? place : null);
    return this.#grouper.open ? complete : [...complete, ...this.#take()];
  }

  /** Takes what goes on where a line before was cut, because that was too long: it is shown, but not read. */
  pushPiece(piece: string): LogRecord[] {
    const complete = this.flush();
    return [...complete, recordOf(stripAnsi(piece), null)];
  }

  /** The record that waited for more. Call it where no more lines come, or none has come for a while. */
  flush(): LogRecord[] {
    this.#grouper.end();
    return this.#take();
  }

  #add(record: LogRecord, text: string, isMessage: boolean): void {
    record.lines += 1;
    if (isMessage) record.message += `\n${text.trimEnd()}`;
    // The blank line that ends a record says nothing.
    if (this.#grouper.open || text.trim() !== '') record.extra.push(text);
  }

  #take(): LogRecord[] {
    const record = this.#open;
    this.#open = null;
    if (record === null) return [];
    if (record.format === 'pretty') record.spans = spansBelow(record.extra);
    return [record];
  }
}

const isLong = (line: string): boolean =>
  line.length * 3 > LONGEST_MORE_BYTES && Buffer.byteLength(line) > LONGEST_MORE_BYTES;

/** The record that a line begins; null: it is taken as it came. */
function recordOf(text: string, found: Found | null): LogRecord {
  const { format, start } = found ?? PLAIN;
  const reading = format.read(text.slice(0, READ_CHARS), start);
  const { time = null, target = null, spans = [], fields = [], message } = reading;
  const module = target?.split('::', 1)[0] ?? null;
  const { level } = start;
  return {
    format: format.name,
    time,
    level,
    target,
    module,
    spans,
    message,
    fields,
    text,
    extra: [],
    lines: 1,
  };
}
