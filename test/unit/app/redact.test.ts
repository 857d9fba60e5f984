import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Personal, redact } from '../../../main/app/redact.ts';

const ann: Personal = {
  homes: ['/home/ann', '/mnt/homes/ann'],
  user: 'ann',
  host: 'pc-7.example.org',
  workspaces: [['/home/ann/work/chat', '/data/chat'], ['/srv/other (2)']],
};

describe('replaces', () => {
  it.each([
    ['a path in the home folder', 'read /home/ann/.cargo/config', 'read ~/.cargo/config'],
    ['the home folder itself', 'HOME=/home/ann', 'HOME=~'],
    ['the home folder at the end of a sentence', 'It is in /home/ann.', 'It is in ~.'],
    ['the home folder without links', '/mnt/homes/ann/x', '~/x'],
    [
      'a workspace, before the home folder around it',
      '/home/ann/work/chat/src/lib.rs:3',
      '<workspace>/src/lib.rs:3',
    ],
    ['a workspace without links', '/data/chat/target', '<workspace>/target'],
    ['a second workspace, with what patterns are made of', '/srv/other (2)/a', '<workspace-2>/a'],
    ['a folder in a URL', 'file:///srv/other%20(2)/a', 'file://<workspace-2>/a'],
    ['the user', 'owned by ann: no', 'owned by <user>: no'],
    ['the user, whatever the case', 'Ann@box', '<user>@box'],
    ['the host', 'on pc-7.example.org now', 'on <host> now'],
    ['the host without its domain', 'ann@pc-7:~$', '<user>@<host>:~$'],
    ['each of many', '/home/ann/a:/home/ann/b', '~/a:~/b'],
  ])('%s', (_what, text, expected) => {
    expect(redact(text, ann)).toBe(expected);
  });

  it('a Windows path, as it is and as JSON has it', () => {
    const windows = { homes: ['C:\\Users\\Ann'], user: 'Ann', host: 'PC', workspaces: [['D:\\work\\chat']] };
    expect(redact('C:\\Users\\Ann\\x', windows)).toBe('~\\x');
    expect(redact(JSON.stringify({ root: 'D:\\work\\chat\\src' }), windows)).toBe(
      '{"root":"<workspace>\\\\src"}',
    );
  });
});

describe('leaves alone', () => {
  it.each([
    ['another user with a longer name', '/home/anna/x'],
    ['another user with a dash', '/home/ann-2/x'],
    ['a folder that begins like a workspace', '/data/chat-old/x'],
    ['a file that begins like a workspace', '/data/chat.toml'],
    ['a word that holds the name', 'an annotation of Joann'],
    ['a name with an underscore', 'ann_arbor and my_ann'],
    ['a host with a longer name', 'pc-70 and pc-7b'],
  ])('%s', (_what, text) => {
    expect(redact(text, ann)).toBe(text);
  });

  it('the words that a user or a machine is called by default', () => {
    const root = { homes: ['/root'], user: 'root', host: 'localhost', workspaces: [] };
    const text = 'The root of the graph; http://localhost:8080; /roots/x';
    expect(redact(text, root)).toBe(text);
    expect(redact('/root/x as root', root)).toBe('~/x as root');
  });

  it('everything where nothing is known', () => {
    const nobody = { homes: ['', '/'], user: '', host: '', workspaces: [['/']] };
    expect(redact('/usr/lib on a host', nobody)).toBe('/usr/lib on a host');
  });
});

it('no path of the home folder or a workspace is left, whatever stands around it', () => {
  const around = fc.constantFrom('', ' ', '"', "'", '/', ':', '\n', '=', '(', ')');
  fc.assert(
    fc.property(
      around,
      fc.constantFrom('/home/ann', '/data/chat', '/srv/other (2)'),
      around,
      (before, path, after) => {
        expect(redact(`${before}${path}${after}`, ann)).not.toContain(path);
      },
    ),
  );
});
