import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ackCounter, cut } from '../../../../renderer/terminal/acknowledgements.ts';

describe('acknowledgements', () => {
  it('come in lots, and leave less than one lot untold', () => {
    const told: number[] = [];
    const acks = ackCounter((chars) => told.push(chars), 100);
    for (const chars of [40, 40, 40, 250, 10]) {
      acks.took(chars);
      acks.drew(chars);
    }
    expect(told).toEqual([120, 250]);
  });

  it('report everything when the terminal goes, drawn or not, and nothing after that', () => {
    const told: number[] = [];
    const acks = ackCounter((chars) => told.push(chars), 100);
    acks.took(70);
    acks.took(30);
    acks.drew(70);
    acks.close();
    acks.drew(30);
    expect(told).toEqual([100]);
  });
});

describe('a long input', () => {
  it('is cut without losing or splitting a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 2, max: 20 }),
        (text, size) => {
          const parts = cut(text, size);
          expect(parts.join('')).toBe(text);
          for (const part of parts) {
            expect(part.length).toBeGreaterThan(0);
            expect(part.length).toBeLessThanOrEqual(size);
            expect(part).not.toMatch(/\p{Surrogate}/u);
          }
        },
      ),
    );
  });
});
