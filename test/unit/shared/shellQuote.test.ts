import { expect, it } from 'vitest';
import { argumentLines, shellLine, shellWord } from '#shared/shellQuote.ts';

it('a word is quoted where a shell would read more than a word', () => {
  expect(['--config', 'a=b', '', 'c d', "it's", '$HOME'].map(shellWord)).toEqual([
    '--config',
    'a=b',
    "''",
    "'c d'",
    "'it'\\''s'",
    "'$HOME'",
  ]);
  expect(shellLine(['cargo', 'build', 'a b'])).toBe("cargo build 'a b'");
});

it('an option stands on a line with its value', () => {
  expect(argumentLines(['-Zx', '--config', 'a b', '--locked', '--offline'])).toEqual([
    '-Zx',
    "--config 'a b'",
    '--locked',
    '--offline',
  ]);
});
