import { describe, expect, it } from 'vitest';
import type { LogMark } from '#shared/contract.ts';
import {
  FILTER_LEVELS,
  filterOf,
  isFiltered,
  lastReload,
  NO_FILTERS,
  toggleLevel,
} from '../../../../renderer/log/logFilters.ts';
import { everything } from './records.ts';

const mark = (kind: LogMark['kind'], number: number, line: number): LogMark => ({
  kind,
  number,
  label: '',
  time: 0,
  line,
});

const marks = [
  mark('reload-began', 1, 10),
  mark('reload-ended', 1, 20),
  mark('build-ended', 0, 25),
  mark('reload-began', 2, 30),
  mark('reload-ended', 2, 40),
  mark('run-ended', 0, 90),
];

describe('the filters of a log', () => {
  it('ask for everything at first', () => {
    expect(filterOf(NO_FILTERS, marks, null)).toEqual(everything);
    expect(isFiltered(NO_FILTERS)).toBe(false);
  });

  it('combine', () => {
    const pattern = { text: 'a+', regex: true, caseSensitive: false };
    const filters = { levels: ['warn'] as const, target: ' depot ', pattern, sinceReload: true };
    expect(filterOf(filters, marks, null)).toEqual({ levels: ['warn'], target: 'depot', pattern, since: 30 });
    expect(isFiltered(filters)).toBe(true);
  });

  it('begin with the last reload, or where the view was cleared after it', () => {
    const filters = { ...NO_FILTERS, sinceReload: true };
    expect(filterOf(filters, marks, 12).since).toBe(30);
    expect(filterOf(filters, marks, 55).since).toBe(55);
    expect(filterOf(NO_FILTERS, marks, 55).since).toBe(55);
    expect(filterOf(filters, [], null).since).toBeNull();
  });

  it('know the last reload by its beginning, or by what is left of it', () => {
    expect(lastReload(marks)?.line).toBe(30);
    expect(lastReload([mark('reload-ended', 7, 3)])?.line).toBe(3);
    expect(lastReload([...marks, mark('reload-began', 3, 95)])?.line).toBe(95);
    expect(lastReload([mark('build-ended', 0, 1)])).toBeNull();
  });

  it('take levels up and drop them; all of them are as good as none', () => {
    const warn = toggleLevel(NO_FILTERS, 'warn');
    expect(toggleLevel(warn, 'error').levels).toEqual(['error', 'warn']);
    expect(toggleLevel(warn, 'warn').levels).toEqual([]);
    expect(FILTER_LEVELS.reduce(toggleLevel, NO_FILTERS).levels).toEqual([]);
  });
});
