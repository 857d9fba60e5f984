import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteEdit } from '../../../../main/engine/building/diagnoses.ts';
import { splice } from '../../../../main/engine/building/fixes/splice.ts';

/** Replaces this text of a file by another one. */
function replacing(file: string, expected: string, text: string, at = file.indexOf(expected)): ByteEdit {
  const start = Buffer.byteLength(file.slice(0, at));
  const end = start + Buffer.byteLength(expected);
  return { file: '/srv/a.rs', start, end, expected: expected.replaceAll('\r\n', '\n'), text };
}

function spliced(file: string, edits: ByteEdit[]): string {
  const result = splice('a.rs', Buffer.from(file), edits, []);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.bytes.toString();
}

describe('edits of a file', () => {
  test('fit to bytes, whatever the characters before them', () => {
    const file = 'ä€😀 one two ä';
    expect(spliced(file, [replacing(file, 'one', '1'), replacing(file, 'two', '22222')])).toBe(
      'ä€😀 1 22222 ä',
    );
  });

  test('put in the line ends of the file', () => {
    const file = 'a\r\nb\r\n';
    expect(spliced(file, [replacing(file, 'b', 'x\ny')])).toBe('a\r\nx\r\ny\r\n');
    expect(spliced('a\nb\n', [replacing('a\nb\n', 'b', 'x\ny')])).toBe('a\nx\ny\n');
    expect(spliced(file, [replacing(file, '', '#[x]\n', 0)])).toBe('#[x]\r\na\r\nb\r\n');
  });

  test('are refused where something else stands', () => {
    const edit = { ...replacing('one two', 'two', '2'), expected: 'ten' };
    expect(splice('a.rs', Buffer.from('one two'), [edit], [])).toMatchObject({
      ok: false,
      failure: { kind: 'suggestion-outdated' },
    });
    const beyond = { ...replacing('one', 'one', '1'), end: 99 };
    expect(splice('a.rs', Buffer.from('one'), [beyond], [])).toMatchObject({ ok: false });
  });

  test('that meet what was applied before are refused, insertions at one place too', () => {
    const file = 'one two';
    const first = splice('a.rs', Buffer.from(file), [replacing(file, 'one', '1')], []);
    if (!first.ok) throw new Error(first.failure.message);
    const { bytes, done } = first.value;
    for (const edit of [replacing(file, 'ne t', 'x'), replacing(file, '', 'x', 0)]) {
      expect(splice('a.rs', bytes, [edit], done)).toMatchObject({ failure: { kind: 'suggestion-overlaps' } });
    }
  });

  test('made one by one, in any order, come to what they do together', () => {
    const words = fc.array(fc.stringMatching(/^[a-zä€😀]{1,6}$/u), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.array(fc.nat()), fc.constantFrom(' ', '\n', '\r\n'), (parts, order, space) => {
        const file = parts.join(space);
        const edits = parts.map((part, i) => {
          const at = parts.slice(0, i).join(space).length + (i === 0 ? 0 : space.length);
          return replacing(file, part, `${i}${'x'.repeat(i % 3)}`, at);
        });
        const together = spliced(file, edits);
        const shuffled = [...edits].sort((a, b) => (order[a.start] ?? 0) - (order[b.start] ?? 0));
        let bytes: Buffer = Buffer.from(file);
        let done: { start: number; end: number; now: number }[] = [];
        for (const edit of shuffled) {
          const result = splice('a.rs', bytes, [edit], done);
          if (!result.ok) throw new Error(result.failure.message);
          ({ bytes, done } = result.value);
        }
        expect(bytes.toString()).toBe(together);
      }),
    );
  });
});
