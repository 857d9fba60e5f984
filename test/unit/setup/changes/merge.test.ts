import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addLayer, type Layer, standingOf } from '../../../../main/engine/setup/changes/layers.ts';
import { mergeFiles } from '../../../../main/engine/setup/changes/merge.ts';

const of = (text: string): Buffer => Buffer.from(text, 'latin1');
const merge = (base: string, one: string, other: string): string | null =>
  mergeFiles(of(base), of(one), of(other))?.toString('latin1') ?? null;

const lines = fc.array(fc.constantFrom('a', 'b', '#a', '', '\t"x",', '__proto__', 'constructor', '\xff'), {
  maxLength: 12,
});
const text = fc
  .tuple(lines, fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([all, end, isEnded]) => all.join(end) + (isEnded ? end : ''));

describe('a merge', () => {
  test('takes both changes where they are apart', () => {
    expect(merge('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nD\n')).toBe('A\nb\nc\nD\n');
    expect(merge('a\r\nb\r\nc\r\n', 'a\r\nb\r\nc\r\nd', 'b\r\nc\r\n')).toBe('b\r\nc\r\nd');
  });

  test('says where they are not', () => {
    expect(merge('a\nb\nc\n', 'a\nB\nc\n', 'a\nBB\nc\n')).toBeNull();
    expect(merge('a\nb\n', 'a\r\nb\r\n', 'A\nb\n')).toBeNull();
    expect(merge('a\nb\n', 'a\nb', 'a\nB\n')).toBeNull();
  });

  test('of one that did nothing is the other; of two that did the same is that', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(merge(base, base, other)).toBe(other);
        expect(merge(base, other, base)).toBe(other);
        expect(merge(base, other, other)).toBe(other);
      }),
    );
  });

  test('holds no line that neither has, and is the same from both sides', () => {
    fc.assert(
      fc.property(text, text, text, (base, one, other) => {
        const merged = merge(base, one, other);
        expect(merge(base, other, one)).toBe(merged);
        const known = new Set([one, other].flatMap((each) => each.match(/[^\n]*\n|[^\n]+$/g) ?? []));
        for (const line of merged?.match(/[^\n]*\n|[^\n]+$/g) ?? []) expect(known).toContain(line);
      }),
    );
  });
});

describe('layers', () => {
  const all = (...layers: [string, string][]): Layer<string>[] =>
    layers.reduce<Layer<string>[]>((done, [before, after]) => addLayer(done, { before, after }), []);

  test('become one where each goes on from the last', () => {
    expect(all(['a', 'b'], ['b', 'c'])).toEqual([{ before: 'a', after: 'c' }]);
  });
  test('stay apart where somebody edited in between', () => {
    expect(all(['a', 'b'], ['x', 'y'], ['y', 'z'])).toEqual([
      { before: 'a', after: 'b' },
      { before: 'x', after: 'z' },
    ]);
  });
  test('that lead back to the beginning are none', () => {
    expect(all(['a', 'b'], ['b', 'a'])).toEqual([]);
    expect(all(['a', 'b'], ['x', 'y'], ['a', 'c'])).toEqual([{ before: 'a', after: 'c' }]);
  });

  test('are taken back one by one, and the edits between stay', () => {
    const layers = [
      { before: of('a\n1\nb\n2\nc\n'), after: of('A\n1\nb\n2\nc\n') },
      { before: of('A\n1\nb\n2\nc\nmine\n'), after: of('A\n1\nB\n2\nc\nmine\n') },
    ];
    const standing = standingOf(layers, of('A\n1\nB\n2\nc\nmine\nand more\n'));
    expect(standing).toMatchObject({ kind: 'edited', merged: of('a\n1\nb\n2\nc\nmine\nand more\n') });
  });
});
