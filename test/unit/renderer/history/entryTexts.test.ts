import { describe, expect, it } from 'vitest';
import { tellEntry } from '../../../../renderer/history/entryTexts.ts';
import { anEntry } from './entries.ts';

const DAY = new Date(2025, 5, 14, 14, 0, 0).getTime();
describe('words', () => {
  it('tell one and several', () => {
    expect(tellEntry(anEntry({ at: DAY, took: 412 }), DAY)).toEqual([
      'Build ok',
      'api/src/lib.rs',
      '14:00:00 \u00b7 412 ms',
    ]);
    expect(
      tellEntry(anEntry({ at: DAY, took: 60_000, count: 14, wrong: 2, outcome: 'failed', tone: 'bad' }), DAY),
    ).toEqual(['14 builds', '14:00:00 to 14:01:00', '2 failed; the worst: build failed']);
  });
});
