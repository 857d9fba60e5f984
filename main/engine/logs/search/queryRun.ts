import { type Result, success } from '../../result.ts';
import type { RunReader } from '../store/runReader.ts';
import type { Block } from '../store/segmentReader.ts';
import { recordsOf, type StoredRecord } from './blockRecords.ts';
import { fits, mayHold, type RecordFilter } from './filter.ts';
import { compilePattern, type Matcher } from './pattern.ts';
import { scanChunk } from './scanChunk.ts';

export interface Query {
  filter: RecordFilter;
  /** Forward: the first line that counts. Backward: the one after the last. Null: the beginning or the end. */
  from: number | null;
  direction: 'forward' | 'backward';
  /** So many records at the most. */
  limit: number;
}

export interface QueryAnswer {
  /** In the order of the run, whichever the direction. */
  records: StoredRecord[];
  /** Where to go on in the same direction; null where there is no more now. There may be no records, and yet more to look at. */
  next: number | null;
  /** The line after the last one that there is. */
  endLine: number;
}

export interface Patience {
  /** After so many ms what was found until then is given. */
  ms: number;
  isStopped(): boolean;
}

/** So that an answer can be sent on: characters, about. */
const MOST_CHARS = 4_000_000;

/**
 * Pages through the records of a run that fit a filter. Blocks without a wanted level aren't read, those without the
 * pattern aren't parsed. The last record of a run that grows may get longer: ask from its line again.
 * Errors: those of `RunReader` and of `compilePattern`.
 */
export async function queryRun(
  reader: RunReader,
  query: Query,
  patience: Patience,
): Promise<Result<QueryAnswer>> {
  const { filter, from, direction } = query;
  const compiled = filter.pattern === null ? success(null) : compilePattern(filter.pattern);
  if (!compiled.ok) return compiled;
  const { begin, end } = reader.extent;
  const range = { first: Math.max(begin.line, filter.since ?? 0), behind: end.line };
  const deadline = performance.now() + patience.ms;
  const isOver = (): boolean => patience.isStopped() || performance.now() > deadline;
  const wanted = (block: Block) => wantedIn(reader, block, filter, compiled.value);
  const page = new Page(query.limit);
  const next =
    direction === 'forward'
      ? await goForward(reader, { ...range, first: Math.max(range.first, from ?? 0) }, page, wanted, isOver)
      : await goBack(
          reader,
          { ...range, behind: Math.min(range.behind, from ?? end.line) },
          page,
          wanted,
          isOver,
        );
  if (!next.ok) return next;
  const records = direction === 'forward' ? page.records : page.records.toReversed();
  return success({ records, next: next.value, endLine: end.line });
}

interface Range {
  first: number;
  behind: number;
}
type Wanted = (block: Block) => Promise<Result<StoredRecord[]>>;

/** @returns the line to go on with; null at the end. */
async function goForward(
  reader: RunReader,
  { first, behind }: Range,
  page: Page,
  wanted: Wanted,
  isOver: () => boolean,
): Promise<Result<number | null>> {
  for (let next = first; next < behind; ) {
    const block = await reader.blockAt('line', next);
    if (!block.ok) return block;
    if (block.value === null) break;
    const found = await wanted(block.value);
    if (!found.ok) return found;
    for (const record of found.value) {
      if (record.line < first) continue;
      if (page.isFull) return success(record.line);
      page.add(record);
    }
    next = block.value.end.line;
    if (next < behind && (page.isFull || isOver())) return success(next);
  }
  return success(null);
}

/** @returns the line before which to go on; null at the beginning. */
async function goBack(
  reader: RunReader,
  { first, behind }: Range,
  page: Page,
  wanted: Wanted,
  isOver: () => boolean,
): Promise<Result<number | null>> {
  for (let next = behind; next > first; ) {
    const block = await blockBefore(reader, next);
    if (!block.ok) return block;
    if (block.value === null) break;
    const found = await wanted(block.value);
    if (!found.ok) return found;
    let last = next;
    for (const record of found.value.toReversed()) {
      if (record.line >= behind || record.line < first) continue;
      if (page.isFull) return success(last);
      page.add(record);
      last = record.line;
    }
    next = block.value.begin.line;
    if (next > first && (page.isFull || isOver())) return success(next);
  }
  return success(null);
}

/** The block that holds the line before this one, or the nearest before. */
async function blockBefore(reader: RunReader, line: number): Promise<Result<Block | null>> {
  const block = await reader.blockAt('line', line - 1);
  if (!block.ok || block.value === null || block.value.begin.line < line) return block;
  return reader.previous(block.value);
}

/** The records of a block that fit, in order. */
async function wantedIn(
  reader: RunReader,
  block: Block,
  filter: RecordFilter,
  matcher: Matcher | null,
): Promise<Result<StoredRecord[]>> {
  if (!mayHold(filter.levels, block)) return success([]);
  const { offset } = block.begin;
  const bytes = await reader.bytes(offset, block.end.offset);
  if (!bytes.ok) return bytes;
  const chunk = { bytes: bytes.value, offset, length: bytes.value.length, blocks: [block] };
  const hits =
    matcher && new Set(scanChunk(chunk, matcher, Number.POSITIVE_INFINITY).hits.map(({ line }) => line));
  if (hits?.size === 0) return success([]);
  const isHit = ({ line, record: { lines } }: StoredRecord): boolean =>
    hits === null || Array.from({ length: lines }, (_, i) => line + i).some((each) => hits.has(each));
  return success(recordsOf(bytes.value, block).filter((each) => fits(filter, each.record) && isHit(each)));
}

/** What is found, until it is enough. */
class Page {
  readonly records: StoredRecord[] = [];
  readonly #limit: number;
  #chars = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.records.length >= this.#limit || this.#chars > MOST_CHARS;
  }

  add(stored: StoredRecord): void {
    const { text, message, extra } = stored.record;
    this.records.push(stored);
    this.#chars += text.length + message.length + extra.reduce((sum, line) => sum + line.length, 0);
  }
}
