import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { BORDERS, FLOORS } from './floors.ts';

const text = readFileSync(join(checkoutRoot(), 'docs/architecture.md'), 'utf8');

/** The block of code behind a mark, line by line. */
function drawing(mark: string): string[] {
  const [, block] = new RegExp(`<!-- ${mark} -->\\n+\`\`\`\\n([^]*?)\`\`\``).exec(text) ?? [];
  expect(block, `docs/architecture.md has no drawing behind <!-- ${mark} -->`).toBeDefined();
  return (block ?? '').split('\n').filter((line) => line !== '');
}

test('the borders are drawn as they are', () => {
  const drawn = drawing('borders').map((line) => {
    const [from = '', to = ''] = line.split('->').map((part) => part.trim());
    return [from, to.split(/, */).filter((part) => part !== '' && part !== 'nothing')];
  });
  expect(Object.fromEntries(drawn)).toEqual(BORDERS);
});

test.each(Object.entries(FLOORS))('the floors of %s are drawn as they are', (folder, floors) => {
  const drawn = drawing(`floors: ${folder}`)
    .map((line) => [...line.matchAll(/(?<![\w./])([\w-]+)\/(?=\s|$)/g)].map(([, name]) => name))
    .filter((names) => names.length > 0);
  expect(drawn).toEqual(floors);
});
