import { describe, expect, it } from 'vitest';
import { mayOpen } from '../../../../renderer/ui/openableUrl.ts';

describe('links', () => {
  it.each([
    ['https://example.org/x', true],
    ['http://example.org', true],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['no link', false],
  ])('%s', (url, allowed) => expect(mayOpen(url)).toBe(allowed));
});
