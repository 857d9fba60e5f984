import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetPath } from '../../../main/app/assetPath.ts';

describe('the path of an asset', () => {
  it.each([
    ['app://hotdeck/', ['index.html'], 'text/html; charset=utf-8'],
    ['app://hotdeck/index.html', ['index.html'], 'text/html; charset=utf-8'],
    ['app://hotdeck/index.html?a=b#c', ['index.html'], 'text/html; charset=utf-8'],
    ['app://hotdeck/assets/index-a1.js', ['assets', 'index-a1.js'], 'text/javascript; charset=utf-8'],
    ['app://hotdeck/assets/a%20b.css', ['assets', 'a b.css'], 'text/css; charset=utf-8'],
    ['app://hotdeck/x/../font.WOFF2', ['font.WOFF2'], 'font/woff2'],
  ])('is found in %s', (url, segments, type) => {
    expect(assetPath(url)).toEqual({ segments, type });
  });

  it.each([
    'app://hotdeck/..%2f..%2fetc/passwd.html',
    'app://hotdeck/%2e%2e%2fpackage.json',
    'app://hotdeck/..%5c..%5cpackage.json',
    'app://hotdeck/assets/..\\..\\package.json',
    'app://hotdeck//etc/index.html',
    'app://hotdeck/%2fetc/index.html',
    'app://hotdeck/C:/index.html',
    'app://hotdeck/C%3A%5Cindex.html',
    'app://hotdeck/index.html%00.js',
    'app://hotdeck/.env.json',
    'app://hotdeck/.git/config.json',
    'app://hotdeck/assets/',
    'app://hotdeck/assets',
    'app://hotdeck/main.node',
    'app://hotdeck/%zz.js',
    'app://elsewhere/index.html',
    'app://hotdeck:80/index.html',
    'app://ann@hotdeck/index.html',
    'app://ann:secret@hotdeck/index.html',
    'app:index.html',
    'https://hotdeck/index.html',
    'file:///etc/index.html',
    'index.html',
    '',
  ])('is refused to %s', (url) => {
    expect(assetPath(url)).toBeNull();
  });

  it('never leaves the root, whatever is asked', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '%00',
      ':',
      'a',
      'b.js',
      '%25',
      '?',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const asset = assetPath(`app://hotdeck/${pieces.join('')}`);
        for (const segment of asset?.segments ?? []) {
          expect(segment).not.toMatch(/^\.|[\\/:\0]|^$/);
        }
      }),
    );
  });
});
