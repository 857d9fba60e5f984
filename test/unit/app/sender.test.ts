import { describe, expect, it } from 'vitest';
import { isOwnPage } from '../../../main/app/sender.ts';

const page = { url: 'app://hotdeck/index.html', origin: 'app://hotdeck', frameTreeNodeId: 7 };

describe('the sender of a request', () => {
  it('is the main frame of an own window, on the app’s page', () => {
    expect(isOwnPage(page, [{ ...page, frameTreeNodeId: 3 }, page])).toBe(true);
  });

  it.each([
    ['a frame that is gone', null, [page]],
    ['a frame of no own window', page, []],
    ['a frame inside the page', { ...page, frameTreeNodeId: 8 }, [page]],
    ['a page from elsewhere', { ...page, url: 'https://evil.test/', origin: 'https://evil.test' }, [page]],
    ['a document without an origin', { ...page, url: 'data:text/html,x', origin: 'null' }, [page]],
    ['a blank page that borrows the origin', { ...page, url: 'about:blank' }, [page]],
    [
      'a host with a similar name',
      { ...page, url: 'app://hotdeck.evil/', origin: 'app://hotdeck.evil' },
      [page],
    ],
  ])('is not %s', (_what, frame, mainFrames) => {
    expect(isOwnPage(frame, mainFrames)).toBe(false);
  });
});
