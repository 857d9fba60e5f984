/** What the engine advises is there: the tabs and buttons that it names, and the keys of hotdeck.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettingsFileSchema } from '../../../main/engine/workspace/settingsFile.ts';
import { checkoutRoot } from '../../../main/launch/checkout.ts';

function sources(folder: string): string {
  const root = join(checkoutRoot(), folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
}

const engine = sources('main/engine');
const window = sources('renderer');
const named = (pattern: RegExp, text = engine): string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])),
];

test('each tab that is named', () => {
  const tabs = named(/\bthe ([A-Z][a-z]+) tab\b/g, engine + window);
  expect(tabs).toContain('Problems');
  for (const tab of tabs) expect(window).toContain(`name: '${tab}'`);
});

test.each([
  ['Reload anyway', /: 'Reload anyway'/],
  ['Set up', /aria-label="Set up"/],
  ['Build', /name: 'build'/],
])('the button %s', (name, button) => {
  expect(engine).toContain(name);
  expect(window).toMatch(button);
});

test('each key of hotdeck.json', () => {
  const keys = Object.keys(SettingsFileSchema.shape);
  const advised = [
    ...named(/hotdeck\.json: \{? ?"([a-z]\w*)"/g),
    ...named(/hotdeck\.json, ([a-z]\w*)\./g),
    ...named(/"([a-z]\w*)" in hotdeck\.json/g),
  ];
  expect(advised).toEqual(expect.arrayContaining(['environment', 'reload', 'build']));
  for (const key of advised) expect(keys, key).toContain(key);
});
