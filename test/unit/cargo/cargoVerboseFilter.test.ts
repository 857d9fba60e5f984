import { expect, test } from 'vitest';
import type { BuildEvent } from '../../../main/engine/building/buildEvents.ts';
import { CargoVerboseFilter, isVerbosityChosen } from '../../../main/engine/cargo/cargoVerboseFilter.ts';

const STATUS = '\x1b[1m\x1b[92m';
const OUTPUT = [
  `${STATUS}       Fresh\x1b[0m core v0.1.0 (/w/core)`,
  `${STATUS}       Dirty\x1b[0m low v0.1.0 (/w/low): the env variable LOW_WORD changed`,
  `${STATUS}   Compiling\x1b[0m low v0.1.0 (/w/low)`,
  `${STATUS}     Running\x1b[0m \`/w/target/debug/build/low-4b239acaffb5a905/build-script-build\``,
  `${STATUS}     Running\x1b[0m \`/bin/rustc --crate-name low low/src/lib.rs\``,
  `${STATUS}       Dirty\x1b[0m api v0.1.0 (/w/api): the file \`api/src/../x.txt\` has changed (1795430772.15s, 2s after last build at 1795430770.8s)`,
  `${STATUS}       Dirty\x1b[0m top v0.1.0: info of dependency \`api\` changed`,
  'error: could not compile `top` (bin "top") due to 1 previous error',
  '',
  'Caused by:',
  "  process didn't exit successfully: `/bin/rustc --crate-name top` (exit status: 1)",
  'warning: build failed',
  '',
  'Caused by:',
  '  something else',
  '',
].join('\n');

function read(chunks: readonly string[], isShown = false): { shown: string; words: BuildEvent[] } {
  const words: BuildEvent[] = [];
  const reader = new CargoVerboseFilter(isShown, (word) => words.push(word));
  return { shown: chunks.map((chunk) => reader.push(chunk)).join('') + reader.flush(), words };
}

test('takes the reasons, and shows what a quieter cargo would have said', () => {
  const { shown, words } = read([OUTPUT]);
  expect(shown).toBe(
    [
      `${STATUS}   Compiling\x1b[0m low v0.1.0 (/w/low)`,
      'error: could not compile `top` (bin "top") due to 1 previous error',
      'warning: build failed',
      '',
      'Caused by:',
      '  something else',
      '',
    ].join('\n'),
  );
  const cause = { others: [], file: null, at: null, detail: null };
  expect(words).toEqual([
    {
      kind: 'dirty',
      package: 'low',
      dirty: { kind: 'cause', cause: { ...cause, kind: 'environment', detail: 'LOW_WORD' } },
    },
    { kind: 'script', package: 'low' },
    {
      kind: 'dirty',
      package: 'api',
      dirty: { kind: 'cause', cause: { ...cause, kind: 'file', file: 'api/x.txt', at: 1_795_430_772_150 } },
    },
    { kind: 'dirty', package: 'top', dirty: { kind: 'dependency', name: 'api' } },
  ]);
});

test('wherever the output is cut, and shows all of it to who asked for it', () => {
  const whole = read([OUTPUT]);
  for (let at = 1; at < OUTPUT.length; at += 7) {
    expect(read([OUTPUT.slice(0, at), OUTPUT.slice(at)])).toEqual(whole);
  }
  expect(read([OUTPUT], true).shown).toBe(OUTPUT);
  expect(isVerbosityChosen(['--release', '-v'], {})).toBe(true);
  expect(isVerbosityChosen([], { CARGO_TERM_VERBOSE: 'true' })).toBe(true);
  expect(isVerbosityChosen(['--release'], {})).toBe(false);
});
