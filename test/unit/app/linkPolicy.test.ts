import { describe, expect, it } from 'vitest';
import { judgeLink } from '../../../main/app/linkPolicy.ts';

describe('a link', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['http://127.0.0.1:8008/', 'http://127.0.0.1:8008/'],
    ['HTTPS://Example.org', 'https://example.org/'],
    ['https://example.org:8443/', 'https://example.org:8443/'],
    ['https://exa\nmple.org/', 'https://example.org/'],
  ])('%j is opened as %s', (link, url) => {
    expect(judgeLink(link)).toEqual({ ok: true, url });
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'app://hotdeck/index.html',
    'vscode://file/etc/passwd',
    'smb://server/share',
    'mailto:ann@example.org',
    'https://ann@example.org/',
    'https://ann:secret@example.org/',
    'https://',
    '//example.org/',
    '--help',
    '',
    `https://example.org/${'a'.repeat(3000)}`,
    `https://example.org/${'ä'.repeat(1000)}`,
  ])('%j is refused', (link) => {
    const verdict = judgeLink(link);
    expect(verdict.ok).toBe(false);
    if (!verdict.ok) expect(verdict.failure.kind).toBe('refused-link');
  });
});
