import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileDiff } from '#shared/contract.ts';
import { diffOf } from '../../../../main/engine/setup/changes/diffOf.ts';

const diff = (before: string | null, after: string): FileDiff =>
  diffOf(
    {
      file: 'Cargo.toml',
      before: before === null ? null : Buffer.from(before),
      after: Buffer.from(after),
      steps: ['a step'],
      lines: 1,
    },
    true,
  );

const SIGN = { same: ' ', removed: '-', added: '+' };
const shown = (found: FileDiff): string[][] =>
  found.hunks.map((hunk) => hunk.map(({ kind, text }) => SIGN[kind] + text));

const twenty = Array.from({ length: 20 }, (_, i) => `line ${i + 1}\n`);
const change = (...numbers: number[]): string =>
  twenty.map((line, i) => (numbers.includes(i + 1) ? `new ${i + 1}\n` : line)).join('');

describe('a diff', () => {
  test('has three lines around a change, and their numbers', () => {
    const found = diff(twenty.join(''), change(10));
    expect(found).toMatchObject({ file: 'Cargo.toml', lines: 1, steps: ['a step'], dirty: true });
    expect(found.hunks).toEqual([
      [
        { kind: 'same', text: 'line 7', before: 7, after: 7 },
        { kind: 'same', text: 'line 8', before: 8, after: 8 },
        { kind: 'same', text: 'line 9', before: 9, after: 9 },
        { kind: 'removed', text: 'line 10', before: 10, after: null },
        { kind: 'added', text: 'new 10', before: null, after: 10 },
        { kind: 'same', text: 'line 11', before: 11, after: 11 },
        { kind: 'same', text: 'line 12', before: 12, after: 12 },
        { kind: 'same', text: 'line 13', before: 13, after: 13 },
      ],
    ]);
  });

  test('joins what touches, and keeps apart what does not', () => {
    expect(shown(diff(twenty.join(''), change(3, 10))).map((hunk) => hunk.length)).toEqual([6 + 7 + 2]);
    expect(shown(diff(twenty.join(''), change(1, 9))).map((hunk) => hunk.length)).toEqual([5, 8]);
    expect(diff('same\n', 'same\n').hunks).toEqual([]);
  });

  test('of a new file has all of it', () => {
    expect(shown(diff(null, '[build]\nx = 1\n'))).toEqual([['+[build]', '+x = 1']]);
  });

  test('shows line endings only where they differ', () => {
    expect(shown(diff('a\r\nb\r\n', 'a\r\nc\r\n'))).toEqual([[' a', '-b', '+c']]);
    expect(shown(diff('a\r\nb\r\n', 'a\r\nb\n'))).toEqual([[' a␍', '-b␍', '+b']]);
    expect(shown(diff('a\nb', 'a\nb\n'))).toEqual([[' a', '-b  (no line end)', '+b']]);
    expect(shown(diff('a\nb', 'c\nb'))).toEqual([['-a', '+c', ' b']]);
  });

  test('is right for any two texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((all) => all.map((l) => `${l}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = {
          oldFileName: 'a',
          newFileName: 'b',
          oldHeader: undefined,
          newHeader: undefined,
          hunks: diff(before, after).hunks.map((hunk) => ({
            oldStart: hunk.find((line) => line.before !== null)?.before ?? 1,
            newStart: hunk.find((line) => line.after !== null)?.after ?? 1,
            oldLines: hunk.filter(({ kind }) => kind !== 'added').length,
            newLines: hunk.filter(({ kind }) => kind !== 'removed').length,
            lines: hunk.map(({ kind, text }) => SIGN[kind] + text),
          })),
        };
        expect(applyPatch(before, patch)).toBe(after);
      }),
    );
  });
});
