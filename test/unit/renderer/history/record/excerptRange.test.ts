import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../../../renderer/history/record/excerptRange.ts';
import { past } from '../../../../support/fixtures/history.ts';

const records = past({ records: 60, until: 1_750_000_000_000, broken: true });
const stored = { run: 'run-1', line: 40, endLine: 90 };
const aRecord = (kind: 'edit' | 'build' | 'reload' | 'server') => {
  const record = records.find((each) => each.kind === kind);
  if (record === undefined) throw new Error(`The past has no ${kind}.`);
  return record;
};

describe("a record's part of the log", () => {
  it('is the end of a build, and the beginning of a reload, within its own lines', () => {
    expect(excerptOf({ ...aRecord('build'), ...stored })).toMatchObject({
      from: 40,
      until: 90,
      isEnd: true,
      total: 50,
    });
    expect(excerptOf({ ...aRecord('reload'), ...stored })).toMatchObject({ isEnd: false, total: 50 });
  });

  it('is what came after a start, before it was ready, and last of all', () => {
    const server = aRecord('server');
    if (server.kind !== 'server') throw new Error('It is a server.');
    const moment = { run: 'run-1', line: 7, endLine: 7 };
    const cut = (event: 'start' | 'ready' | 'stop' | 'crash') =>
      excerptOf({ ...server, ...moment, lines: [], event });
    expect(cut('start')).toMatchObject({ from: 7, until: null, isEnd: false });
    expect(cut('ready')).toMatchObject({ from: null, until: 7, isEnd: true });
    expect(cut('crash')).toMatchObject({ from: null, until: null, isEnd: true });
    // The record holds the last words itself.
    expect(excerptOf({ ...server, ...moment, event: 'crash', lines: ['oh'] })).toBeNull();
  });

  it('is nothing where no log was stored, or nothing was written', () => {
    expect(excerptOf({ ...aRecord('build'), run: null, line: null, endLine: null })).toBeNull();
    expect(excerptOf({ ...aRecord('reload'), run: 'run-1', line: 9, endLine: 9 })).toBeNull();
    expect(excerptOf({ ...aRecord('edit'), ...stored })).toBeNull();
  });
});
