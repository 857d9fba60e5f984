import { describe, expect, it } from 'vitest';
import { hunksOf } from '../../../../../renderer/setup/changes/threeWayRows.ts';
import { differences, diffText, pieces } from '../../../../../renderer/ui/diff/diffText.ts';
import { aDiff } from '../../setup/report.ts';

describe('a diff as text', () => {
  it('is what other programs read', () => {
    expect(diffText(aDiff('api/Cargo.toml'))).toBe(
      [
        '--- a/api/Cargo.toml',
        '+++ b/api/Cargo.toml',
        '@@ -15,3 +15,3 @@',
        ' crate-type = [',
        '-#\t"dylib",',
        '+\t"dylib",',
        ' ]',
        '',
      ].join('\n'),
    );
  });

  it('says where a file is new', () => {
    const text = diffText({ file: '.cargo/config.toml', hunks: hunksOf(null, '[build]\n') });
    expect(text).toBe('--- /dev/null\n+++ b/.cargo/config.toml\n@@ -0,0 +1,1 @@\n+[build]\n');
  });
});

describe('what differs within lines', () => {
  const marked = (before: string, after: string) =>
    hunksOf(before, after).flatMap((hunk) =>
      [...differences(hunk)].map(([{ text }, { start, end }]) => text.slice(start, end)),
    );

  it('is told for each line that another takes the place of', () => {
    expect(marked('#a = 1\n#b = 2\n', 'a = 1\nb = 2\n')).toEqual(['#', '', '#', '']);
    expect(marked('version = "1"\n', 'version = "20"\n')).toEqual(['1', '20']);
  });

  it('is not told where lines come, go, or have nothing in common', () => {
    expect(marked('a\n', 'a\nb\n')).toEqual([]);
    expect(marked('a\nb\n', 'c\n')).toEqual([]);
    expect(marked('abc\n', 'xyz\n')).toEqual([]);
  });

  it('is right for text that repeats itself', () => expect(marked('aa\n', 'aaa\n')).toEqual(['', 'a']));
});

describe('white space', () => {
  const kinds = (line: string, inside = false) => pieces(line, inside).map(({ kind }) => kind);

  it('is seen as tabs, and at the end of a line', () => {
    expect(kinds('#\t"dylib",')).toEqual(['text', 'tab', 'text']);
    expect(kinds('a b  ')).toEqual(['text', 'trailing', 'trailing']);
    expect(kinds('a\t\r')).toEqual(['text', 'tab', 'return']);
    expect(kinds('')).toEqual([]);
  });

  it('at the end of a part is that of a line only where the line ends there', () =>
    expect(kinds('a ', true)).toEqual(['text']));

  it('keeps the text as it is', () => {
    for (const line of ['\t\ta\t b \t \r', '   ', '\r', 'a\rb'])
      expect(
        pieces(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line);
  });
});
