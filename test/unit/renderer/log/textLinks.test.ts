import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../renderer/log/textLinks.ts';

const linksIn = (text: string) =>
  partsOf(text).flatMap(({ kind, text: link }) => (kind === 'text' ? [] : [[kind, link]]));

describe('links in a log', () => {
  it.each([
    ['see https://docs.rs/tracing.', 'https://docs.rs/tracing'],
    ['(http://localhost:8008/x_(y))', 'http://localhost:8008/x_(y)'],
    ['"https://a.example/?q=1&r=[2]", then', 'https://a.example/?q=1&r=[2]'],
    ['<https://a.example/>', 'https://a.example/'],
    ['HTTPS://A.example/x!', 'HTTPS://A.example/x'],
    ['https://a.example/\u202egnp.exe', 'https://a.example/'],
  ])('to the web: %s', (text, url) => expect(linksIn(text)).toEqual([['url', url]]));

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'hotdeck://x',
    'ftp://a.example/x',
    'data:text/html,x',
    'https://',
    'xhttps://a.example',
    'vscode://file/etc/passwd:1:1',
  ])('none: %s', (text) => expect(linksIn(text)).toEqual([]));

  it('to places in source files', () => {
    expect(linksIn('panicked at api/src/lib.rs:31:5: see ./core/a.rs:7')).toEqual([
      ['place', 'api/src/lib.rs:31:5'],
      ['place', './core/a.rs:7'],
    ]);
    expect(linksIn('https://a.example/src/lib.rs:12')).toEqual([['url', 'https://a.example/src/lib.rs:12']]);
  });

  it('leave every character of the text where it is', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('https://a.example/b(c)', 'src/lib.rs:1:2', '), ', ' ', ':', '].'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join('');
        const parts = partsOf(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const { start, text: part } of parts) expect(text.startsWith(part, start)).toBe(true);
      }),
    );
  });

  it('are found in hostile text in no time', { timeout: 5000 }, () => {
    for (const text of [
      `https://a.example/${')'.repeat(3000)}`,
      'a/'.repeat(3000),
      'a.rs:'.repeat(800),
      'https://'.repeat(400),
    ])
      partsOf(text.slice(0, 3000));
  });
});
