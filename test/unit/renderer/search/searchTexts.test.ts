import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogHit } from '#shared/contract.ts';
import { forgetSearch } from '../../../../renderer/search/runSearchStore.ts';
import { hitsText, wholeRunText } from '../../../../renderer/search/searchTexts.ts';

const hit = (line: number): LogHit => ({ line, spans: [{ start: 0, length: 1 }] });
const pattern = { text: 'x', regex: false, caseSensitive: false };
const request = vi.fn(async (_name: string, _params: unknown): Promise<unknown> => ({ ok: true }));
beforeEach(() => vi.stubGlobal('window', { hotdeck: { request } }));
afterEach(() => {
  forgetSearch();
  request.mockClear();
  vi.unstubAllGlobals();
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
    expect(wholeRunText(standing)).toBe('1 line in the whole run so far, 62% searched');
    expect(wholeRunText({ ...standing, count: 2000, end: { name: 'done' } })).toBe(
      '2,000 lines in the whole run',
    );
  });
});
