import { describe, expect, it } from 'vitest';
import { healthOf, healthParts, healthText } from '../../../../../renderer/history/health/health.ts';
import type { ListedEntry } from '../../../../../renderer/history/historyStore.ts';
import { anItem } from '../entries.ts';

const DAY = new Date(2025, 5, 14, 14, 0, 0).getTime();
const ok = (s: number): ListedEntry => anItem({ at: DAY + s * 1000 }, 'build ok');
const failed = (s: number): ListedEntry =>
  anItem(
    { at: DAY + s * 1000, outcome: 'failed', tone: 'bad', wrong: 1 },
    'build failed, because a.rs changed',
  );
const reload = (s: number, outcome: 'swapped' | 'stuck' | 'nothing'): ListedEntry =>
  anItem(
    { at: DAY + s * 1000, kind: 'reload', outcome, tone: outcome === 'stuck' ? 'bad' : 'good' },
    `reload: ${outcome}`,
  );
const server = (s: number, outcome: 'start' | 'crash'): ListedEntry =>
  anItem(
    {
      at: DAY + s * 1000,
      took: outcome === 'crash' ? 5000 : null,
      kind: 'server',
      outcome,
      tone: outcome === 'crash' ? 'bad' : 'quiet',
    },
    `server ${outcome}`,
  );
/** As they happened; the list has the latest first. */
const tell = (items: readonly ListedEntry[]): string =>
  healthText(healthOf([...items].reverse(), true), DAY, DAY + 3_600_000);

describe('since when', () => {
  it('is the first failure of those in a row', () => {
    expect(tell([ok(0), failed(10), ok(20), failed(191), failed(200)])).toBe(
      'Broken since 14:03:11 (build failed, because a.rs changed)',
    );
  });

  it('is well again with what mended it, whatever came after', () => {
    expect(tell([failed(10), ok(20), ok(30)])).toBe('OK since 14:00:20 (build ok)');
    expect(tell([ok(0), ok(30)])).toBe('OK since 14:00:00, the start of this history');
  });

  it('takes in reloads and crashes; a new start mends both', () => {
    expect(tell([server(0, 'start'), reload(5, 'stuck'), ok(8), reload(9, 'nothing')])).toMatch(
      /^Broken since 14:00:05 \(reload: stuck\)/,
    );
    expect(tell([server(0, 'start'), reload(5, 'stuck'), server(9, 'start')])).toMatch(/^OK/);
    expect(tell([server(0, 'start'), failed(3), server(10, 'crash')])).toBe(
      'Broken since 14:00:03 (build failed, because a.rs changed); since 14:00:15: server crash',
    );
  });

  it('knows what went well before, and the record of each part', () => {
    const all = [ok(0), failed(10), ok(20), failed(191), failed(200), server(300, 'crash')];
    const standing = healthOf([...all].reverse(), true);
    expect(standing.troubles.map(({ about, before }) => [about, before?.entry.at ?? null])).toEqual([
      ['build', DAY + 20_000],
      ['server', null],
    ]);
    expect(healthParts(standing, DAY, DAY).map(({ item }) => item?.entry.at)).toEqual([
      DAY + 191_000,
      DAY + 300_000,
    ]);
  });

  it('goes on reading while the past could change it', () => {
    expect(healthOf([failed(9), failed(8)], false).open).toBe(true);
    expect(healthOf([failed(9), failed(8), ok(7)], false).troubles).toHaveLength(1);
  });
});
