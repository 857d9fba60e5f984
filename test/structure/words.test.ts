/** The phrases and spellings of docs/style.md, looked for in code, tests and docs. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { BANNED, SPELLINGS } from './words.ts';

const checkout = checkoutRoot();

/** Not held to it: what is past, what quotes the phrases, and other people's names. */
const LEFT_OUT = /^(?:CHANGELOG\.md|docs\/style\.md|test\/structure\/|package-lock\.json)/;
const TEXT = /\.(?:tsx?|css|md|html|yml)$/;

const files = execFileSync('git', ['ls-files', '-z'], { cwd: checkout, encoding: 'utf8' })
  .split('\0')
  .filter((file) => TEXT.test(file) && !LEFT_OUT.test(file))
  .flatMap((file) => {
    try {
      return [{ file, text: readFileSync(join(checkout, file), 'utf8') }];
    } catch {
      // Deleted, and not committed yet.
      return [];
    }
  });

/** Where a phrase stands: `file:line: the line`. */
const places = (phrase: RegExp, among = files): string[] =>
  among.flatMap(({ file, text }) =>
    [...text.matchAll(phrase)].map(({ index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${file}:${line}: ${text.split('\n')[line - 1]?.trim()}`;
    }),
  );

test.each(BANNED)('no text says $phrase; better: $instead', ({ phrase }) => {
  expect(places(phrase)).toEqual([]);
});

test.each(SPELLINGS)('"%s" has one spelling', (_ours, theirs) => {
  expect(places(theirs)).toEqual([]);
});

test('apostrophes are typographic in the strings of the window, and straight in comments and docs', () => {
  const window = files.filter(({ file }) => file.startsWith('renderer/') && /\.tsx?$/.test(file));
  // A string or a text between tags, on one line; comments are cut off before.
  const straight = /(?:"[^"\n]*|`[^`\n]*|>[^<{\n]*|^\s+[A-Z][^;={}()\n]*)\b[a-z]+'(?:s|t|re|ll|ve)\b/gm;
  const uncommented = window.map(({ file, text }) => ({
    file,
    text: text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g, (comment) =>
      comment.replace(/[^\n]/g, ' '),
    ),
  }));
  expect(places(straight, uncommented)).toEqual([]);
  const comments = files.filter(({ file }) => /\.tsx?$/.test(file));
  expect(places(/^\s*(?:\/\/|\/?\*)[^\n]*\w’\w[^\n]*/gm, comments)).toEqual([]);
  expect(
    places(
      /^(?!\s*>).*\w’\w.*$/gm,
      files.filter(({ file }) => /^docs\/(?!verdicts|workspaces)/.test(file)),
    ),
  ).toEqual([]);
});
