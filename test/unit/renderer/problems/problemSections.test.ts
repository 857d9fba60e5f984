import { describe, expect, it } from 'vitest';
import { sectionsOf, withoutPlace } from '../../../../renderer/problems/problemSections.ts';

describe('what the compiler drew', () => {
  const DRAWN = [
    '\x1b[1m\x1b[91merror[E0277]\x1b[0m\x1b[1m: not displayed,',
    'in two lines\x1b[0m',
    ' \x1b[1m\x1b[94m--> \x1b[0mapi/src/lib.rs:7:20',
    '  \x1b[1m\x1b[94m|\x1b[0m',
    '\x1b[1m\x1b[94m7\x1b[0m \x1b[1m\x1b[94m|\x1b[0m     note: u8 = 1',
    '  \x1b[1m\x1b[94m|\x1b[0m     \x1b[1m\x1b[91m^^^^\x1b[0m',
    '  \x1b[1m\x1b[94m|\x1b[0m',
    '  \x1b[1m\x1b[94m= \x1b[0m\x1b[1mnote\x1b[0m: the first',
    '          goes on',
    '\x1b[1m\x1b[96mhelp\x1b[0m: the second',
    ' \x1b[1m\x1b[94m--> \x1b[0mapi/src/lib.rs:4:1',
    '  \x1b[1m\x1b[94m|\x1b[0m',
    '4 \x1b[1m\x1b[94m|\x1b[0m pub struct A;',
    '',
    '',
  ].join('\n');
  const bare = (text: string) => text.replaceAll(/\x1b\[[\d;]*m/g, '');

  it('is a frame and remarks', () => {
    const { frame, notes } = sectionsOf(DRAWN);
    expect(bare(frame)).toBe(' --> api/src/lib.rs:7:20\n  |\n7 |     note: u8 = 1\n  |     ^^^^');
    expect(notes.map(({ level, message, body }) => [level, message, bare(body)])).toEqual([
      ['note', 'the first', '          goes on'],
      ['help', 'the second', ' --> api/src/lib.rs:4:1\n  |\n4 | pub struct A;'],
    ]);
  });

  it('is drawn without the place where that is said elsewhere', () => {
    expect(bare(withoutPlace(sectionsOf(DRAWN).frame))).toBe('7 |     note: u8 = 1\n  |     ^^^^');
  });

  it('may be a sentence, or remarks alone', () => {
    expect(sectionsOf('error: linker not found')).toEqual({ frame: '', notes: [] });
    expect(sectionsOf('error: no link\n  |\n  = note: cc failed\n          it did').notes).toEqual([
      { level: 'note', message: 'cc failed', body: '          it did' },
    ]);
    expect(sectionsOf('')).toEqual({ frame: '', notes: [] });
  });
});
