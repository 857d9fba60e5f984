import { expect, it } from 'vitest';
import { bytes } from '#shared/size.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [10_200, '10 KB'],
  [3.4 * 1024 * 1024, '3.4 MB'],
  [5e12, '4.5 TB'],
])('formats %d bytes as %s', (n, text) => expect(bytes(n)).toBe(text));
