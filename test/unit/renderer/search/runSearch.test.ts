import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineMessage, LogHit } from '#shared/contract.ts';
import { stepHit } from '../../../../renderer/search/hitSteps.ts';
import {
  cancelSearch,
  currentLine,
  forgetSearch,
  loadHits,
  noteGrowth,
  receiveFound,
  setHit,
  startSearch,
  useRunSearch,
} from '../../../../renderer/search/runSearchStore.ts';
import { hitsText, wholeRunText } from '../../../../renderer/search/searchTexts.ts';

type Found = Extract<EngineMessage, { type: 'found' }>;

const hit = (line: number): LogHit => ({ line, spans: [{ start: 0, length: 1 }] });
const found = (search: string, lines: number[], parts: Partial<Found> = {}): Found => ({
  type: 'found',
  search,
  hits: lines.map(hit),
  count: lines.length,
  progress: 0.5,
  end: { name: 'searching' },
  ...parts,
});
const pattern = { text: 'x', regex: false, caseSensitive: false };
const request = vi.fn(async (_name: string, _params: unknown): Promise<unknown> => ({ ok: true }));
const search = () => useRunSearch.getState();
/** The id under which the last search was asked for. */
const lastId = (): string => JSON.parse(JSON.stringify(request.mock.lastCall?.[1])).search;

beforeEach(() => vi.stubGlobal('window', { hotdeck: { request } }));
afterEach(() => {
  forgetSearch();
  request.mockClear();
  vi.unstubAllGlobals();
});

describe('a search in a whole run', () => {
  it('gathers what is found, in order', async () => {
    await startSearch('run', pattern);
    useRunSearch.setState({ pattern });
    receiveFound(found(lastId(), [3, 5]));
    expect(hitsText(search())).toBe('2 · 50%');
    receiveFound(found(lastId(), [9], { count: 3, progress: 1, end: { name: 'done' } }));
    expect(search().hits.map(({ line }) => line)).toEqual([3, 5, 9]);
    expect(search().byLine.get(9)).toEqual([{ start: 0, length: 1 }]);
    setHit(1);
    expect(currentLine(search())).toBe(5);
    expect(hitsText(search())).toBe('2 of 3');
  });

  it('hears nothing of the search before, nor of one that was stopped', async () => {
    await startSearch('run', pattern);
    const first = lastId();
    await startSearch('run', { ...pattern, text: 'y' });
    receiveFound(found(first, [1]));
    expect(search().hits).toEqual([]);
    const second = lastId();
    cancelSearch();
    expect(request.mock.lastCall?.[0]).toBe('cancelSearch');
    receiveFound(found(second, [1], { end: { name: 'done' } }));
    expect(search()).toMatchObject({ hits: [], end: { name: 'cancelled' } });
  });

  it('tells when the run has grown since', async () => {
    noteGrowth({ run: 'run', endLine: 100 });
    await startSearch('run', pattern);
    useRunSearch.setState({ pattern });
    receiveFound(found(lastId(), [], { end: { name: 'done' } }));
    noteGrowth({ run: 'run', endLine: 100 });
    noteGrowth({ run: 'another', endLine: 900 });
    expect(hitsText(search())).toBe('none');
    noteGrowth({ run: 'run', endLine: 101 });
    expect(hitsText(search())).toBe('0+');
    await startSearch('run', pattern);
    expect(search().grown).toBe(false);
  });

  it('says why it was refused', async () => {
    const failure = { kind: 'no-logs', message: 'Logs are not stored here.', remedy: null };
    request.mockResolvedValueOnce({ ok: false, failure });
    await startSearch('run', pattern);
    expect(search().end).toEqual({ name: 'failed', failure });
  });
});

describe('the words of a search', () => {
  const standing = {
    pattern,
    hits: [hit(1)],
    first: 0,
    count: 1,
    progress: 0.624,
    end: { name: 'searching' },
    grown: false,
    at: null,
  } as const;

  it('tell where it stands', () => {
    expect(hitsText(standing)).toBe('1 · 62%');
    expect(hitsText({ ...standing, count: 0, hits: [] })).toBe('0 · 62%');
    expect(hitsText({ ...standing, count: 0, hits: [], end: { name: 'done' } })).toBe('none');
    expect(hitsText({ ...standing, count: 1204, at: 0, end: { name: 'done' } })).toBe('1 of 1,204');
    expect(hitsText({ ...standing, end: { name: 'cancelled' } })).toBe('1+');
    expect(hitsText({ ...standing, count: 12_040, first: 9999, at: 0, end: { name: 'done' } })).toBe(
      '10,000 of 12,040',
    );
  });

  it('tell that more has come', () => {
    expect(hitsText({ ...standing, end: { name: 'done' }, grown: true })).toBe('1+');
    expect(wholeRunText({ ...standing, end: { name: 'done' }, grown: true })).toBe(
      '1 line in the whole run when it was searched',
    );
  });

  it('tell the terminal what there is beyond it', () => {
    expect(wholeRunText(standing)).toBe('1 line in the whole run so far, 62% looked through');
    expect(wholeRunText({ ...standing, count: 2000, end: { name: 'done' } })).toBe(
      '2,000 lines in the whole run',
    );
  });
});

describe('the next hit', () => {
  const hits = [hit(10), hit(20), hit(30)];
  const all = { hits, first: 0, count: 3 };
  const at = (place: number) => ({ to: 'hit', at: place });
  const near = (line: number) => ({ to: 'page', line });

  it('is the one behind the current one, round and round', () => {
    expect([stepHit(all, 0, 0, true), stepHit(all, 2, 0, true), stepHit(all, 0, 0, false)]).toEqual([
      at(1),
      at(0),
      at(2),
    ]);
  });

  it('is at first the nearest from where one is', () => {
    expect([stepHit(all, null, 15, true), stepHit(all, null, 15, false)]).toEqual([at(1), at(0)]);
    expect([stepHit(all, null, 99, true), stepHit(all, null, 5, false)]).toEqual([at(0), at(2)]);
    expect(stepHit({ hits: [], first: 0, count: 0 }, null, 0, true)).toBeNull();
  });

  it('may be one that was not told of', () => {
    const some = { hits, first: 5, count: 10 };
    expect([stepHit(some, 1, 0, true), stepHit(some, 1, 0, false)]).toEqual([at(2), at(0)]);
    expect([stepHit(some, 2, 0, true), stepHit(some, 0, 0, false)]).toEqual([near(31), near(10)]);
    expect([stepHit(some, null, 5, true), stepHit(some, null, 5, false)]).toEqual([near(5), near(5)]);
    expect([stepHit(some, null, 25, true), stepHit(some, null, 25, false)]).toEqual([at(2), at(1)]);
    expect([stepHit(some, null, 99, true), stepHit(some, null, 99, false)]).toEqual([near(99), near(99)]);
    const last = { hits, first: 7, count: 10 };
    expect([stepHit(last, 2, 0, true), stepHit(last, null, 99, true)]).toEqual([near(0), near(0)]);
    const begin = { hits, first: 0, count: 10 };
    expect(stepHit(begin, 0, 0, false)).toEqual(near(Number.MAX_SAFE_INTEGER));
  });
});

describe('hits that were not told of', () => {
  it('take the place of the others', async () => {
    const query = vi.fn(async () => ({ ok: true, value: { first: 4999, hits: [hit(50), hit(60)] } }));
    vi.stubGlobal('window', { hotdeck: { request, query } });
    await startSearch('run', pattern);
    useRunSearch.setState({ pattern });
    receiveFound(found(lastId(), [3, 5], { count: 9000, end: { name: 'done' } }));
    setHit(1);
    expect(await loadHits(60)).toBeNull();
    expect(query).toHaveBeenCalledWith('logHits', { run: 'run', pattern, line: 60 });
    setHit(1);
    expect(currentLine(search())).toBe(60);
    expect(hitsText(search())).toBe('5,001 of 9,000');
    const failure = { kind: 'log-gone', message: 'This log is no longer there.', remedy: null };
    vi.stubGlobal('window', { hotdeck: { request, query: async () => ({ ok: false, failure }) } });
    expect(await loadHits(1)).toEqual(failure);
  });
});
