import { describe, expect, it } from 'vitest';
import type { LogRun } from '#shared/contract.ts';
import { chooseRun, runLabel } from '../../../../renderer/log/runLabel.ts';

const now = new Date(2026, 10, 23, 14, 30).getTime();
const run = (id: string, parts: Partial<LogRun> = {}): LogRun => ({
  id,
  stream: 'server',
  started: new Date(2026, 10, 23, 14, 3, 11).getTime(),
  state: 'ended',
  ended: now,
  bytes: 12 * 1024 * 1024,
  firstLine: 0,
  endLine: 10,
  levels: { trace: 0, debug: 0, info: 0, warn: 0, error: 0 },
  marks: [{ kind: 'run-ended', number: 0, label: '0', time: now, line: 10 }],
  ...parts,
});
const at = (day: number, year = 2026) => new Date(year, 10, day, 18, 20).getTime();

describe('a run', () => {
  it.each([
    [run('a', { state: 'live', marks: [] }), 'now · since 14:03:11'],
    [run('a'), 'today 14:03 · exit 0 · 12 MB'],
    [run('a', { started: at(22), bytes: 900 }), 'yesterday 18:20 · exit 0 · 900 B'],
    [run('a', { started: at(3), state: 'cut-off', marks: [] }), 'Nov 3 18:20 · cut off · 12 MB'],
    [run('a', { started: at(3, 2025) }), 'Nov 3, 2025 18:20 · exit 0 · 12 MB'],
  ])('is called by its time, end and size', (each, label) => expect(runLabel(each, now)).toBe(label));

  it('is shown that was picked, else the current one, else the latest', () => {
    const runs = [run('b', { stream: 'build' }), run('3'), run('2'), run('1')];
    const chosen = (picked: string | null, current: string | null) =>
      chooseRun(runs, 'server', picked, current)?.id;
    expect([chosen('1', '2'), chosen('gone', '2'), chosen(null, null), chosen('b', null)]).toEqual([
      '1',
      '2',
      '3',
      '3',
    ]);
    expect(chooseRun([], 'server', null, 'x')).toBeNull();
  });
});
