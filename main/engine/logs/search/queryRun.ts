import { type Result, success } from '../../result.ts';
import type { RunReader } from '../store/runReader.ts';
import type { Block } from '../store/segmentReader.ts';
import { recordsOf, type StoredRecord } from './blockRecords.ts';
import { fits, mayHold, type RecordFilter } from './filter.ts';
import { groupsOf } from './groups.ts';
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

/** So much is read at once. */
const GROUP_BYTES = 256 * 1024;

/**
 * Pages through the records of a run that fit a filter. Blocks without a wanted level aren't read, those without the
 * pattern aren't parsed. The last record of a run that grows may get longer: ask from its line again.
 * Errors: those of `RunReader` and of `compilePattern`.
 */
export async function queryRun(
  reader: RunReader,
  { filter, from, direction, limit }: Query,
  patience: Patience,
): Promise<Result<QueryAnswer>> {
  const wanted = wantedBy(filter);
  if (!wanted.ok) return wanted;
  const { begin, end } = reader.extent;
  const forward = direction === 'forward';
  const first = Math.max(begin.line, filter.since ?? 0, forward ? (from ?? 0) : 0);
  const behind = forward ? end.line : Math.min(end.line, from ?? end.line);
  const deadline = performance.now() + patience.ms;
  const page = new Page(limit);
  let next = forward ? first : behind;
  const answer = (line: number | null): Result<QueryAnswer> =>
    success({ records: forward ? page.records : page.records.toReversed(), next: line, endLine: end.line });
  while (first < behind) {
    const blocks = forward ? await reader.blocksFrom(next, 'line') : await reader.blocksTo(next);
    if (!blocks.ok) return blocks;
    const groups = groupsOf(blocks.value, GROUP_BYTES);
    if (groups.length === 0) break;
    for (const group of forward ? groups : groups.toReversed()) {
      const found = await readGroup(reader, group, wanted.value);
      if (!found.ok) return found;
      for (const block of forward ? group : group.toReversed()) {
        const records = found.value(block);
        for (const record of forward ? records : records.toReversed()) {
          if (record.line < first || record.line >= behind) continue;
          if (page.isFull) return answer(next);
          page.add(record);
          next = forward ? record.line + record.record.lines : record.line;
        }
        next = forward ? block.end.line : block.begin.line;
        if (forward ? next >= behind : next <= first) return answer(null);
        if (page.isFull) return answer(next);
      }
      if (patience.isStopped() || performance.now() > deadline) return answer(next);
    }
  }
  return answer(null);
}

/** What a record has to be, made ready. */
interface Wanted {
  filter: RecordFilter;
  pattern: Matcher | null;
  target: Matcher | null;
}

function wantedBy(filter: RecordFilter): Result<Wanted> {
  const pattern = filter.pattern === null ? success(null) : compilePattern(filter.pattern);
  if (!pattern.ok) return pattern;
  const target = compilePattern({ text: filter.target, regex: false, caseSensitive: true });
  return success({ filter, pattern: pattern.value, target: target.ok ? target.value : null });
}

/** Reads blocks that lie together, if there may be something in them. @returns what gives the wanted records of each. */
async function readGroup(
  reader: RunReader,
  group: readonly Block[],
  { filter, pattern, target }: Wanted,
): Promise<Result<(block: Block) => StoredRecord[]>> {
  const nothing = success(() => []);
  const blocks = group.filter((block) => mayHold(filter.levels, block));
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return nothing;
  const { offset } = first.begin;
  const bytes = await reader.bytes(offset, last.end.offset);
  if (!bytes.ok) return bytes;
  const partOf = ({ begin, end }: Block) => bytes.value.subarray(begin.offset - offset, end.offset - offset);
  const chunkOf = (block: Block) => {
    const part = partOf(block);
    return { bytes: part, offset: block.begin.offset, length: part.length, blocks: [block] };
  };
  return success((block: Block) => {
    if (!blocks.includes(block)) return [];
    if (target !== null && scanChunk(chunkOf(block), target, 0).count === 0) return [];
    const hits = pattern && scanChunk(chunkOf(block), pattern, Number.POSITIVE_INFINITY).hits;
    if (hits?.length === 0) return [];
    const lines = hits && new Set(hits.map(({ line }) => line));
    return recordsOf(partOf(block), block).filter(
      (each) => fits(filter, each.record) && hasLine(each, lines),
    );
  });
}

function hasLine({ line, record }: StoredRecord, lines: ReadonlySet<number> | null): boolean {
  if (lines === null) return true;
  for (let i = 0; i < record.lines; i += 1) if (lines.has(line + i)) return true;
  return false;
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
