import { expect, it } from 'vitest';
import { bugReport } from '../../../main/app/bugReport.ts';

const facts = {
  app: { Hotdeck: '1.2.3' },
  system: { Electron: '45.0.0' },
  engine: { root: '/w', facts: { server: { name: 'running' }, lastReload: { verdict: 'stuck' } } },
  log: ['one', 'two'],
  at: '2026-01-02T03:04:05.000Z',
};

it('holds versions, workspace, last reload and log, each under its heading', () => {
  const text = bugReport(facts);
  expect(text.match(/^## .*$/gm)).toEqual([
    '## Versions (2026-01-02T03:04:05.000Z)',
    '## Workspace',
    '## Last reload',
    '## Log of the app',
  ]);
  expect(text).toContain('- Hotdeck: 1.2.3\n- Electron: 45.0.0\n');
  expect(text).toContain('## Last reload\n\n```json\n{\n  "verdict": "stuck"\n}\n```');
  expect(text).toContain('```text\none\ntwo\n```');
});

it('says so where the engine does not answer or nothing was reloaded', () => {
  expect(bugReport({ ...facts, engine: null })).toContain('The engine did not respond.');
  expect(bugReport({ ...facts, engine: { root: null, facts: {} } })).toContain('## Last reload\n\nNone.');
});

it('no line of the log can end its block', () => {
  expect(bugReport({ ...facts, log: ['```', 'after'] })).toContain('````text\n```\nafter\n````');
});
