import { describe, expect, it } from 'vitest';
import { bytes } from '../../../../renderer/state/format.ts';
import { shortCount } from '../../../../renderer/ui/shortCount.ts';

describe('numbers', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [10_200, '10 KB'],
    [3.4 * 1024 * 1024, '3.4 MB'],
    [5e12, '4.5 TB'],
  ])('of bytes: %d', (n, text) => expect(bytes(n)).toBe(text));

  it.each([
    [999, '999'],
    [1200, '1.2k'],
    [33_400, '33k'],
    [999_499, '999k'],
    [999_500, '1.0M'],
    [56_000_000, '56M'],
  ])('of records: %d', (n, text) => expect(shortCount(n)).toBe(text));
});
