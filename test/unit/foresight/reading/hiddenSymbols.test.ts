/** Symbols that libraries of gcc keep for themselves: as static, by visibility, and by a version script as rustc writes one. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { HiddenSymbols } from '../../../../main/engine/foresight/reading/hiddenSymbols.ts';
import { workshop } from './workshop.ts';

const shop = workshop();
afterAll(() => shop.remove());

const CODE = `
  static int at_home(void) { return 1; }
  __attribute__((visibility("hidden"))) int curtained(void) { return 2; }
  int by_script(void) { return at_home() + curtained(); }
  int in_public(void) { return by_script(); }
  extern int elsewhere(void);
  int asks(void) { return elsewhere(); }
`;
const NAMES = ['at_home', 'curtained', 'by_script', 'in_public', 'elsewhere', 'nowhere', 'script'];

function library(): string {
  writeFileSync(shop.path('script.map'), '{ global: in_public; asks; local: *; };');
  return shop.library('libdepot.so', CODE, '-O0', '-Wl,--version-script=script.map');
}

test('what a library defines and does not export is found; what it exports, only asks for or lacks is not', async () => {
  const path = library();
  const hidden = new HiddenSymbols();
  const found = await hidden.holders(NAMES, [{ label: 'depot', path }]);
  expect(Object.fromEntries(found)).toEqual({ at_home: 'depot', curtained: 'depot', by_script: 'depot' });
});

test('a file that was stripped, is no library, or is not there shows nothing; the next one is asked', async () => {
  const path = library();
  const stripped = shop.path('libstripped.so');
  execFileSync('strip', ['-o', stripped, path]);
  writeFileSync(shop.path('note'), 'by_script\0');
  const files = ['libstripped.so', 'note', 'gone', 'libdepot.so'].map((label) => ({
    label,
    path: shop.path(label),
  }));
  const hidden = new HiddenSymbols();
  expect(await hidden.holders(['by_script'], files.slice(0, 3))).toEqual(new Map());
  expect(await hidden.holders(['by_script'], files)).toEqual(new Map([['by_script', 'libdepot.so']]));
});

test('a file that was rebuilt is read again', async () => {
  const path = library();
  const hidden = new HiddenSymbols();
  const ask = () => hidden.holders(['by_script'], [{ label: 'depot', path }]);
  expect((await ask()).size).toBe(1);
  shop.library('libdepot.so', CODE, '-O0');
  expect((await ask()).size).toBe(0);
});
