import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineMessage, LogHit } from '#shared/contract.ts';
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
import { hitsText } from '../../../../renderer/search/searchTexts.ts';

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

describe('hits that were not told about', () => {
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
