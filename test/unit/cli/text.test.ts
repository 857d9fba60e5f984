import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { shellLine } from '#shared/shellQuote.ts';
import { checksSummary } from '../../../main/cli/checksText.ts';
import { dataFolder } from '../../../main/cli/dataFolder.ts';
import { diffText } from '../../../main/cli/diffText.ts';
import { clean, penFor } from '../../../main/cli/pen.ts';
import { argumentBlock, conflictText, gitText, planText } from '../../../main/cli/setupText.ts';
import { hunksOf, linesOf } from '../../../main/engine/setup/changes/diffOf.ts';
import { aConflict, aReport, aWay } from '../renderer/setup/report.ts';

const diff = (before: string, after: string, isColored = false): string =>
  diffText(
    { file: 'Cargo.toml', hunks: hunksOf(linesOf(Buffer.from(before), Buffer.from(after))) },
    penFor(isColored),
  );

describe('a diff', () => {
  test('is one that patch would take', () => {
    expect(diff('a\nb\nc\n', 'a\nB\nc\n')).toBe(
      '--- a/Cargo.toml\n+++ b/Cargo.toml\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c',
    );
    expect(diff('', 'a\n')).toBe('--- /dev/null\n+++ b/Cargo.toml\n@@ -0,0 +1,1 @@\n+a');
    expect(diff('a\n', '')).toBe('--- a/Cargo.toml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a');
  });

  test('has colors where a terminal reads it, and nothing of the file’s that it would obey', () => {
    expect(diff('a\n', '\tb\x1b[2J\x07\u202e\n')).toContain('\n+\tb<1b>[2J<07><202e>');
    expect(diff('a\n', 'b\n', true)).toContain('\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m');
    expect(clean('tab\there, ümlaut, ␍')).toBe('tab\there, ümlaut, ␍');
  });
});

test('arguments can be pasted into a shell', () => {
  expect(shellLine(['cargo', '--config', 'a=["it\'s"]', ''])).toBe(`cargo --config 'a=["it'\\''s"]' ''`);
  expect(argumentBlock(['-Zx', '--config', 'a=b', '--config', 'c d'])).toBe(
    "      -Zx \\\n      --config a=b \\\n      --config 'c d'",
  );
});

test('of each way it is said what cargo says, and why it says nothing', () => {
  const words = (parts: Parameters<typeof aWay>[0]): string => {
    const way = aWay(parts);
    return planText(aReport({ ways: [way] }), way, penFor(false)).join('\n');
  };
  expect(words({ proof: { holds: true, text: 'all 7.' } })).toContain('    proof: all 7.');
  expect(words({ proof: { holds: false, text: 'none.' } })).toContain('    not proved: none.');
  expect(words({})).toContain('    not checked: there is no answer from cargo');
  const failure = { kind: 'read-only', message: 'It is read-only.', remedy: null };
  expect(words({ refusals: [{ file: 'Cargo.toml', failure }] })).toContain(
    '    not checked: these edits can’t be made',
  );
});

test('checks are the worst first', () => {
  const check = (state: 'ok' | 'warning' | 'problem') => ({
    ...{ id: 'x', group: 'linker' as const, title: '', seen: '', why: '', remedy: null, action: null },
    state,
  });
  const checks = [check('ok'), check('problem'), check('ok'), check('warning'), check('problem')];
  expect(checksSummary(checks)).toBe('Setup checks: 2 problems, 1 warning, 2 ok');
  expect(checksSummary([])).toBe('Setup checks: none');
});

test('the data folder is the app’s', () => {
  expect(dataFolder({ XDG_CONFIG_HOME: '/config' }, 'linux')).toBe('/config/hotdeck');
  expect(dataFolder({ XDG_CONFIG_HOME: '' }, 'linux')).toBe(`${homedir()}/.config/hotdeck`);
  expect(dataFolder({}, 'darwin')).toBe(`${homedir()}/Library/Application Support/hotdeck`);
});

test('a conflict offers a merge only if there is one, and says why if not', () => {
  const words = (parts: Parameters<typeof aConflict>[0]): string =>
    conflictText(aConflict(parts), penFor(false)).join('\n');
  expect(words({})).toContain('Cargo.toml was edited since setup');
  expect(words({})).toContain('What --on-conflict merged would change');
  expect(words({ merged: null })).toContain(
    'The two can’t be told apart: --on-conflict merged isn’t possible',
  );
  const gone = words({ current: null, merged: null });
  expect(gone).toContain('Cargo.toml was deleted since setup');
  expect(gone).toContain('There is nothing to merge with: --on-conflict merged isn’t possible');
  expect(gone).not.toContain('told apart');
});

test('git’s silence is not taken for a clean workspace', () => {
  expect(gitText('now', null)).toMatch(/^git status now: unknown/);
  expect(gitText('now', [])).toBe('git status now: no changes in the manifests');
});
