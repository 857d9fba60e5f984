import { expect, test } from 'vitest';
import { parseHistory } from '../../../main/cli/historyArguments.ts';

const NOW = new Date(2025, 3, 8, 14, 3).getTime();
const parse = (...args: string[]) => parseHistory(['.', ...args], NOW);

test.each([
  ['--since takes', ['--since', '2025-02-30'], ['--since', '2025-02-28']],
  ['--until takes', ['--until', '25:00'], ['--until', '23:00']],
  [
    '--until is before --since',
    ['--since', '14:03', '--until', '14:02'],
    ['--since', '14:03', '--until', '14:03'],
  ],
  ['--kind takes edit, build', ['--kind', 'build,dance'], ['--kind', 'build,edit']],
  [
    "--json can't be combined with --export",
    ['--json', '--export', 'f'],
    ['--export', 'f', '--format', 'jsonl'],
  ],
  ["--json and --format can't be combined", ['--json', '--format', 'csv'], ['--format', 'csv']],
  ['--format takes jsonl or csv, not xml', ['--format', 'xml'], ['--format', 'jsonl']],
  ['--data takes a folder', ['--data', ''], ['--data', '/tmp']],
  ['--export takes a file', ['--export', ''], ['--export', 'f']],
])('"%s" is said of wrong arguments, and not of right ones', (sentence, wrong, right) => {
  expect(parse(...wrong)).toContain(sentence);
  expect(parse(...right)).toBeTypeOf('object');
});
