import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Hit } from '../../../main/engine/logs/search/found.ts';
import {
  LogSearch,
  type SearchListener,
  type SearchRequest,
} from '../../../main/engine/logs/search/logSearch.ts';
import type { LogStore } from '../../../main/engine/logs/store/logStore.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { painted, TIME } from '../../unit/logs/records/samples.ts';
import { storeIn, valueIn } from '../../unit/logs/store/runs.ts';
import { makeProgram } from './program.ts';

let folder = '';
let worker: URL;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotdeck-search-'));
  worker = pathToFileURL(await makeProgram('main/engine/logs/search/worker.ts', folder));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const searchHere = (): LogSearch => {
  const search = new LogSearch(worker);
  onTestFinished(() => search.close());
  return search;
};

async function stored(text: string, limits = {}): Promise<{ store: LogStore; run: string }> {
  const { store } = storeIn(await temporaryFolder(), { limits });
  const writer = store.begin({ stream: 'server' });
  for (let at = 0; at < text.length; at += 60_000) {
    writer.append(Buffer.from(text.slice(at, at + 60_000)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.end(writer);
  return { store, run: writer.id };
}

const plain = (text: string) => ({ text, regex: false, caseSensitive: true });
const regex = (text: string) => ({ text, regex: true, caseSensitive: true });

/** Searches, and gives the hits along with the rest. */
async function found(search: LogSearch, request: SearchRequest, more: Partial<SearchListener> = {}) {
  const hits: Hit[] = [];
  const result = await search.search(request, { onHits: (some) => hits.push(...some), ...more });
  return { result, hits };
}

describe('a search', () => {
  const line = (i: number) =>
    painted('INFO', `\x1b[2mdepot\x1b[0m\x1b[2m:\x1b[0m line \x1b[1m${i}\x1b[0m of many`);
  const text = Array.from(
    { length: 40_000 },
    (_, i) => `${i % 2 === 0 ? line(i) : `plain ${i} of many`}\r\n`,
  ).join('');

  it('goes through all files of a run, counts all and gives the first', async () => {
    const { store, run } = await stored(text, { segmentBytes: 300_000 });
    const search = searchHere();
    const request = { folder: store.folder, run };
    const one = await found(search, { ...request, pattern: plain('line 12344 of') });
    expect(one.hits).toMatchObject([
      { line: 12_344, spans: [{ start: `${TIME}  INFO depot: `.length, length: 13 }] },
    ]);
    expect(Buffer.from(text).toString('utf8', one.hits[0]?.offset).startsWith(line(12_344))).toBe(true);
    const many = await found(search, { ...request, pattern: plain(' of many'), most: 1234 });
    expect(valueIn(many.result)).toEqual({ count: 40_000, offset: text.length, stopped: false });
    expect(many.hits.map(({ line }) => line)).toEqual(Array.from({ length: 1234 }, (_, i) => i));
    const odd = await found(search, { ...request, pattern: regex('^plain \\d*777 of') });
    expect(odd.hits.map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, i) => i * 1000 + 777));
    for (const { line, offset } of odd.hits) expect(text.startsWith(`plain ${line} of`, offset)).toBe(true);
    const both = await Promise.all(
      ['line 2 of', 'plain 3 of'].map((each) => found(search, { ...request, pattern: plain(each) })),
    );
    expect(both.map(({ hits }) => hits.map((hit) => hit.line))).toEqual([[2], [3]]);
  });

  it('gives the hits around any line', async () => {
    const { store, run } = await stored(text, { segmentBytes: 300_000 });
    const search = searchHere();
    const near = async (line: number, pattern = plain('7 of many')) => {
      const { first, hits } = valueIn(
        await search.hitsNear({ folder: store.folder, run, pattern, line, most: 6 }),
      );
      return [first, hits.map((hit) => hit.line)];
    };
    const plainLines = plain(' 7 of many');
    expect(await near(20_007)).toEqual([1997, [19_977, 19_987, 19_997, 20_007, 20_017, 20_027]]);
    expect(await near(0)).toEqual([0, [7, 17, 27]]);
    expect(await near(Number.MAX_SAFE_INTEGER)).toEqual([3997, [39_977, 39_987, 39_997]]);
    expect(await near(50, plainLines)).toEqual([0, [7]]);
    expect(await near(1, plain('nowhere'))).toEqual([0, []]);
    const stuck = await search.hitsNear({ folder: store.folder, run, pattern: regex('('), line: 0 });
    expect(stuck).toMatchObject({ ok: false, failure: { kind: 'search-pattern' } });
  });

  it('goes on where it ended when the run has grown', async () => {
    const { store } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    const search = searchHere();
    const request = { folder: store.folder, run: writer.id, pattern: plain('x') };
    let from = 0;
    const lines: number[] = [];
    writer.append(Buffer.from('on'));
    for (let round = 0; round < 5; round += 1) {
      const grown = new Promise<void>((resolve) => {
        const stop = store.onGrowth(({ bytes }) => {
          if (bytes < (round + 1) * 8 + 2) return;
          stop();
          resolve();
        });
      });
      writer.append(Buffer.from('e x\n.\non'));
      await grown;
      const { result, hits } = await found(search, { ...request, from });
      lines.push(...hits.map(({ line }) => line));
      from = valueIn(result).offset;
    }
    expect(from).toBe(40);
    expect(lines).toEqual([0, 2, 4, 6, 8]);
    // The last line is whole once the run is over.
    await store.end(writer);
    const { result } = await found(search, { ...request, pattern: plain('on'), from });
    expect(valueIn(result)).toEqual({ count: 1, offset: 42, stopped: false });
  });

  it('stops when it is told to', async () => {
    const { store, run } = await stored(text.repeat(10));
    const search = searchHere();
    const control = new AbortController();
    const request = { folder: store.folder, run, pattern: regex('(?:\\w+ )+many') };
    let told = 0;
    const { result } = await found(search, request, {
      signal: control.signal,
      onHits: () => {
        told += 1;
        control.abort();
      },
    });
    expect(told).toBe(1);
    expect(valueIn(result).stopped).toBe(true);
    // And the next one works.
    const next = await found(search, { ...request, pattern: plain('line 2 of') });
    expect(next.hits).toHaveLength(10);
    expect(valueIn((await found(search, request, { signal: AbortSignal.abort() })).result).stopped).toBe(
      true,
    );
  });

  it('with a pattern that never ends is ended, while everything else goes on', async () => {
    const { store, run } = await stored(`${text}${'a'.repeat(60)}!\n${text}`);
    const search = searchHere();
    const request = { folder: store.folder, run, pattern: regex('^(a+)+$') };
    let longest = 0;
    let last = performance.now();
    const clock = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const { result } = await found(search, request);
    clearInterval(clock);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'search-stuck' } });
    // A pause of the whole machine aside.
    expect(longest).toBeLessThan(500);
    // Told to stop while it is stuck, it stops at once.
    const control = new AbortController();
    const stuck = found(search, request, {
      signal: control.signal,
      onProgress: () => setTimeout(() => control.abort(), 300),
    });
    expect(valueIn((await stuck).result).stopped).toBe(true);
    expect((await found(search, { ...request, pattern: plain('aaa!') })).hits).toHaveLength(1);
  });

  it('says what is wrong', async () => {
    const { store, run } = await stored('hello\n');
    const search = searchHere();
    const kindOf = async (request: Partial<SearchRequest>) => {
      const { result } = await found(search, { folder: store.folder, run, pattern: plain('x'), ...request });
      return result.ok ? null : result.failure.kind;
    };
    expect(await kindOf({ pattern: regex('[') })).toBe('search-pattern');
    expect(await kindOf({ pattern: plain('') })).toBe('search-empty');
    expect(await kindOf({ run: 'server-20250408T120000000Z' })).toBe('log-gone');
    expect(await kindOf({ run: '../../x' })).toBe('log-gone');
    expect(await kindOf({ folder: '/nowhere' })).toBe('log-gone');
    expect(await kindOf({})).toBeNull();
    const broken = new LogSearch(new URL('file:///nowhere/worker.js'));
    onTestFinished(() => broken.close());
    const { result } = await found(broken, { folder: store.folder, run, pattern: plain('x') });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'search-broken' } });
    const again = await found(broken, { folder: store.folder, run, pattern: plain('x') });
    expect(again.result).toMatchObject({ ok: false, failure: { kind: 'search-broken' } });
  });

  it('ends when it is closed', async () => {
    const { store, run } = await stored(`${'a'.repeat(60)}!\n`);
    const search = new LogSearch(worker);
    const stuck = found(
      search,
      { folder: store.folder, run, pattern: regex('^(a+)+$') },
      {
        onProgress: () => void search.close(),
      },
    );
    expect(valueIn((await stuck).result).stopped).toBe(true);
    await search.close();
  });
});

describe('a query', () => {
  const filter = { levels: [], target: '', pattern: null, since: null };
  const lines = Array.from(
    { length: 30_000 },
    (_, i) => `${TIME}  ${i % 100 === 7 ? 'WARN' : 'INFO'} depot: ${i}\n`,
  );

  it('gives a page of records, and where the next begins', async () => {
    const { store, run } = await stored(lines.join(''), { segmentBytes: 400_000 });
    const search = searchHere();
    const request = { folder: store.folder, run, filter: { ...filter, levels: ['warn' as const] } };
    const last = valueIn(await search.query({ ...request, from: null, direction: 'backward', limit: 2 }));
    expect(last.records.map(({ line, record }) => [line, record.message])).toEqual([
      [29_807, '29807'],
      [29_907, '29907'],
    ]);
    expect(last).toMatchObject({ next: 29_807, endLine: 30_000 });
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        search.query({ ...request, from: i * 1000, direction: 'forward', limit: 1 }),
      ),
    );
    expect(many.map((each) => valueIn(each).records[0]?.line)).toEqual(many.map((_, i) => i * 1000 + 7));
  });

  it('says what is wrong, and can be stopped', async () => {
    const { store, run } = await stored(`${'a'.repeat(60)}!\n`);
    const search = searchHere();
    const request = {
      folder: store.folder,
      run,
      filter,
      from: null,
      direction: 'forward' as const,
      limit: 10,
    };
    const kindOf = (result: Awaited<ReturnType<LogSearch['query']>>) =>
      result.ok ? null : result.failure.kind;
    expect(kindOf(await search.query({ ...request, run: 'server-20250408T120000000Z' }))).toBe('log-gone');
    expect(kindOf(await search.query({ ...request, filter: { ...filter, pattern: regex('(') } }))).toBe(
      'search-pattern',
    );
    const stuck = { ...request, filter: { ...filter, pattern: regex('^(a+)+$') } };
    expect(kindOf(await search.query(stuck))).toBe('search-stuck');
    expect(kindOf(await search.query(stuck, AbortSignal.timeout(300)))).toBe('search-stopped');
    const asked = Array.from({ length: 8 }, () => search.query(stuck));
    await search.close();
    expect((await Promise.all(asked)).map(kindOf)).toEqual(asked.map(() => 'search-stopped'));
  });
});
