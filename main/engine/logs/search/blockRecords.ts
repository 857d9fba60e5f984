import type { LogRecord } from '../records/record.ts';
import { RecordParser } from '../records/recordParser.ts';
import { type Line, linesOf } from '../store/runLines.ts';
import type { Block } from '../store/segmentReader.ts';

/** A record and where it is. */
export interface StoredRecord {
  /** The number of its first line. */
  line: number;
  /** When it arrived, about; ms since the epoch. */
  arrived: number;
  /** Its first line as it came, escape sequences and all; a long one is cut. */
  raw: string;
  /** It goes on where the record before was cut. */
  continues: boolean;
  record: LogRecord;
}

const RAW_BYTES = 16 * 1024;

/** The records of a block, which begins with one. */
export function recordsOf(bytes: Buffer, { begin }: Block): StoredRecord[] {
  const parser = new RecordParser();
  const lines = linesOf(bytes, begin);
  const records: StoredRecord[] = [];
  let at = 0;
  const take = (complete: readonly LogRecord[]): void => {
    for (const record of complete) {
      const first = lines[at];
      at += record.lines;
      if (first !== undefined) records.push(stored(first, record));
    }
  };
  for (const line of lines) {
    const text = line.bytes.toString();
    take(line.continues ? parser.pushPiece(text) : parser.push(text));
  }
  take(parser.flush());
  return records;
}

const stored = ({ number, time, bytes, continues }: Line, record: LogRecord): StoredRecord => ({
  line: number,
  arrived: time,
  raw: bytes.toString('utf8', 0, RAW_BYTES),
  continues,
  record,
});
