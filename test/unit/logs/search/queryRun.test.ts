import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../main/engine/logs/records/record.ts';
import type { RecordFilter } from '../../../../main/engine/logs/search/filter.ts';
import { type Query, type QueryAnswer, queryRun } from '../../../../main/engine/logs/search/queryRun.ts';
import type { RunReader } from '../../../../main/engine/logs/store/runReader.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { brokenLine, randomFrom } from '../records/fuzz.ts';
import { BLOCKS, recordsIn, TIME } from '../records/samples.ts';
import { readerOf, storeIn, valueIn } from '../store/runs.ts';

const patience = { ms: 60_000, isStopped: () => false };
const ALL: RecordFilter = { levels: [], target: '', pattern: null, since: null };

async function storedLines(lines: readonly string[], limits = {}): Promise<RunReader> {
  const { store } = storeIn(await temporaryFolder(), { limits });
  const writer = store.begin({ stream: 'server' });
  writer.append(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  await store.end(writer);
  return readerOf(store, writer.id);
}

const ask = async (reader: RunReader, query: Partial<Query>, more = patience): Promise<QueryAnswer> =>
  valueIn(
    await queryRun(reader, { filter: ALL, from: null, direction: 'forward', limit: 100, ...query }, more),
  );

/** All answers one after the other, in the order of the run. */
async function pages(
  reader: RunReader,
  query: Partial<Query>,
  more = patience,
): Promise<QueryAnswer['records']> {
  const all: QueryAnswer['records'] = [];
  for (let from = query.from ?? null; ; ) {
    const { records, next } = await ask(reader, { ...query, from }, more);
    if (query.direction === 'backward') all.unshift(...records);
    else all.push(...records);
    if (next === null) return all;
    if (from !== null) expect(query.direction === 'backward' ? next < from : next > from).toBe(true);
    from = next;
  }
}

const random = randomFrom(11);
const LINES = Array.from({ length: 5000 }, (_, i) => {
  const block = Object.values(BLOCKS)[random(16)] ?? [];
  if (random(20) === 0)
    return [
      brokenLine(random)
        .replace(/[\n\r]/g, '')
        .toWellFormed(),
    ];
  return random(6) === 0 ? block : [`${TIME} DEBUG depot_api::x: number ${i} of many`];
}).flat();
const RECORDS = recordsIn(LINES);

describe('records of a run', () => {
  it('are the same page by page, forward and backward, as all at once', { timeout: 60_000 }, async () => {
    const reader = await storedLines(LINES, { segmentBytes: 120_000 });
    const expected = RECORDS.map(({ text, lines, level, message }) => ({ text, lines, level, message }));
    for (const direction of ['forward', 'backward'] as const) {
      for (const limit of [1000, 77]) {
        const found = await pages(reader, { direction, limit });
        expect(
          found.map(({ record: { text, lines, level, message } }) => ({ text, lines, level, message })),
        ).toEqual(expected);
        let line = 0;
        for (const each of found) {
          expect(each.line).toBe(line);
          line += each.record.lines;
        }
      }
      // In steps as small as can be.
      const impatient = await pages(reader, { direction, limit: 1000 }, { ...patience, ms: -1 });
      expect(impatient).toHaveLength(RECORDS.length);
    }
  });

  it('are filtered by level, target, text and place', { timeout: 60_000 }, async () => {
    const reader = await storedLines(LINES, { segmentBytes: 120_000 });
    const since = 5000;
    let line = 0;
    const placed = RECORDS.map((record) => {
      const at = line;
      line += record.lines;
      return { line: at, record };
    });
    const filters: [Partial<RecordFilter>, (typeof placed)[number][]][] = [
      [{ levels: ['error'] }, placed.filter(({ record }) => record.level === 'error')],
      [
        { levels: ['none', 'warn'] },
        placed.filter(({ record }) => record.level === null || record.level === 'warn'),
      ],
      [{ target: 'conduwuit' }, placed.filter(({ record }) => record.target?.includes('conduwuit'))],
      [{ since }, placed.filter((each) => each.line >= since)],
      [
        { pattern: { text: 'rust_begin_unwind', regex: false, caseSensitive: true }, levels: ['error'] },
        placed.filter(
          ({ record }) =>
            record.level === 'error' && record.extra.some((each) => each.includes('rust_begin_unwind')),
        ),
      ],
      [
        {
          pattern: { text: 'NUMBER \\d*99 of', regex: true, caseSensitive: false },
          since,
          target: 'depot_api',
        },
        placed.filter(
          (each) =>
            each.line >= since &&
            /number \d*99 of/.test(each.record.text) &&
            each.record.target?.includes('depot_api'),
        ),
      ],
      [{ target: 'nobody' }, []],
    ];
    for (const [filter, expected] of filters) {
      for (const direction of ['forward', 'backward'] as const) {
        const found = await pages(reader, { filter: { ...ALL, ...filter }, direction, limit: 333 });
        expect(
          found.map((each) => each.line),
          JSON.stringify(filter),
        ).toEqual(expected.map((each) => each.line));
      }
    }
    const counts = LEVELS.map((level) => RECORDS.filter((record) => record.level === level).length);
    expect(reader.extent.end.levels).toEqual(counts);
  });

  it('begin and end where they are asked for', async () => {
    const reader = await storedLines(Array.from({ length: 1000 }, (_, i) => `${TIME}  INFO a: ${i}`));
    const linesOf = ({ records }: QueryAnswer) => records.map(({ line }) => line);
    const forward = await ask(reader, { from: 500, limit: 3 });
    expect([linesOf(forward), forward.next, forward.endLine]).toEqual([[500, 501, 502], 503, 1000]);
    const backward = await ask(reader, { from: 500, limit: 3, direction: 'backward' });
    expect([linesOf(backward), backward.next]).toEqual([[497, 498, 499], 497]);
    const tail = await ask(reader, { direction: 'backward', limit: 2 });
    expect([linesOf(tail), tail.next]).toEqual([[998, 999], 998]);
    expect(linesOf(await ask(reader, { from: 2000 }))).toEqual([]);
    expect((await ask(reader, { from: 0, direction: 'backward' })).next).toBeNull();
    expect((await ask(reader, { from: 997, limit: 3 })).next).toBeNull();
    expect(tail.records[0]).toMatchObject({
      raw: `${TIME}  INFO a: 998`,
      continues: false,
      record: { message: '998' },
    });
  });

  it('of a line that is too long are pieces, which nobody reads', async () => {
    const reader = await storedLines([
      `${TIME}  INFO a: ${`Error: x${' '.repeat(8184)}`.repeat(20)}`,
      'Error: y',
    ]);
    const { records } = await ask(reader, {});
    expect(records.map(({ continues, record: { level } }) => [continues, level])).toEqual([
      [false, 'info'],
      [true, null],
      [true, null],
      [false, 'error'],
    ]);
    expect(reader.extent.end.levels).toEqual([0, 0, 1, 0, 1]);
    expect(records[0]?.raw.length).toBe(16_384);
  });

  it('that are large come in smaller pages', async () => {
    const reader = await storedLines(Array.from({ length: 300 }, () => 'x'.repeat(50_000)));
    const { records, next } = await ask(reader, { limit: 300 });
    expect(records.length).toBeLessThan(100);
    expect(next).toBe(records.length);
    expect(await pages(reader, { limit: 300 })).toHaveLength(300);
    expect(await pages(reader, { limit: 300, direction: 'backward' })).toHaveLength(300);
  });

  it('are not looked for with a pattern that is none', async () => {
    const reader = await storedLines(['x']);
    const filter = { ...ALL, pattern: { text: '(', regex: true, caseSensitive: true } };
    const result = await queryRun(reader, { filter, from: null, direction: 'forward', limit: 1 }, patience);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'search-pattern' } });
  });
});
