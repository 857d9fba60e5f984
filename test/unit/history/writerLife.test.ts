/** What had begun when its writer went counts as interrupted; what is over, or may yet be, does not. */
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { HistoryRecord } from '#shared/contract.ts';
import type { HistoryStore } from '../../../main/engine/history/historyStore.ts';
import { segmentFile } from '../../../main/engine/history/segmentNames.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { valueIn } from '../logs/store/runs.ts';
import { ALL, aBuild, aGraph, anEdit, aReloadRecord, aServer, historyIn } from './records.ts';

const AT = 1_750_000_000_000;
const build = aBuild({ at: AT, took: 0, outcome: 'interrupted', compiled: [], fresh: [], rebuilt: [] });
const reload = aReloadRecord({ at: AT + 1000, took: 0, verdict: 'interrupted' });
const life = aServer({ at: AT + 2000, event: 'unseen' });

const told = async (store: HistoryStore): Promise<HistoryRecord[]> => {
  const records: HistoryRecord[] = [];
  for await (const { record } of store.records()) records.push(record);
  return records;
};

/** A history whose writer has gone: it was last seen at a time, ms since the epoch. */
async function leftBy(
  write: (store: HistoryStore) => void,
  {
    seen = AT + 9000,
    segmentBytes = 1_000_000,
    boot,
  }: { seen?: number; segmentBytes?: number; boot?: string } = {},
): Promise<{ data: string; files: string[]; lines(): Promise<string> }> {
  const data = await temporaryFolder();
  const { store } = historyIn(data, { limits: { segmentBytes } });
  store.noteGraph(aGraph('depot_api'));
  write(store);
  const { writers } = valueIn(await store.history(ALL));
  await store.close();
  const files: string[] = [];
  for (let segment = 0; ; segment += 1) {
    const file = join(store.folder, segmentFile({ writer: writers[0] ?? '', segment }, 'jsonl'));
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) break;
    // Of the same length, as the index knows where its lines are.
    const owner = /"pid":\d+,"started":\d+,"boot":(\d+)/;
    const changed = text.replace(owner, (whole, bootId: string) =>
      `"pid":4194305,"started":1,"boot":${boot ?? bootId}`.padEnd(whole.length),
    );
    await writeFile(file, changed);
    for (const each of [file, file.replace(/jsonl$/, 'idx')]) await utimes(each, seen / 1000, seen / 1000);
    files.push(file);
  }
  return { data, files, lines: async () => await readFile(files[0] ?? '', 'utf8') };
}

const all = (store: HistoryStore) => {
  store.append(anEdit({ at: AT - 1 }));
  store.begin(build);
  store.begin(reload);
  store.append(aServer({ at: AT + 2000, event: 'start' }));
  store.begin(life);
};

describe('what had begun when its writer went', () => {
  it('is a record, up to its last sign of life; everybody reads the same', async () => {
    const { data } = await leftBy(all);
    const { store, failures } = historyIn(data);
    const expected = [
      anEdit({ at: AT - 1 }),
      { ...build, took: 9000 },
      { ...reload, took: 8000 },
      aServer({ at: AT + 2000, event: 'start' }),
      { ...life, at: AT + 9000, life: 7000 },
    ];
    expect(await told(store)).toEqual(expected);
    const { entries, whole, count } = valueIn(await store.history(ALL));
    expect(whole).toEqual({ from: AT - 1, to: AT + 9000, count: 5 });
    expect(count).toBe(5);
    expect(entries.map(({ outcome, at, took, tone }) => [outcome, at - AT, took, tone])).toEqual([
      ['edit', -1, null, 'quiet'],
      ['interrupted', 0, 9000, 'warning'],
      ['interrupted', 1000, 8000, 'warning'],
      ['start', 2000, null, 'quiet'],
      ['unseen', 2000, 7000, 'warning'],
    ]);
    for (const [i, { id }] of entries.entries())
      expect(valueIn(await store.record(id))).toEqual({ record: expected[i], graph: aGraph('depot_api') });
    const list = valueIn(await store.list({ wrong: true, first: null, around: null, most: 10 }));
    expect(list.items.map(({ text }) => text)).toEqual([
      'build interrupted, after at least 9.0 s, Hotdeck exited meanwhile, because api/src/lib.rs changed',
      expect.stringMatching(/^reload 1: interrupted, Hotdeck exited meanwhile, after at least 8\.0 s, /),
      'server ended while Hotdeck was not running, after at least 7.0 s',
    ]);
    expect((await store.latestBuilds(5)).map(({ outcome }) => outcome)).toEqual(['interrupted']);
    expect(failures).toEqual([]);
  });

  it('is none where a record of the same kind and beginning followed, in the next segment too', async () => {
    const { data, files } = await leftBy(
      (store) => {
        store.begin(build);
        store.begin(life);
        for (let i = 0; i < 30; i += 1) store.append(anEdit({ at: AT + 2001 + i }));
        store.append(aBuild({ at: AT, took: 5000 }));
        store.begin(reload);
        store.append(aReloadRecord({ at: AT + 1000, took: 3 }));
        store.append(aServer({ at: AT + 7000, life: 5000, event: 'stop' }));
      },
      { segmentBytes: 1500 },
    );
    expect(files.length).toBeGreaterThan(2);
    const { store } = historyIn(data);
    for (let i = 0; i < 2; i += 1) {
      const outcomes = valueIn(await store.history(ALL)).entries.map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome !== 'edit')).toEqual(['ok', 'swapped', 'stop']);
    }
  });

  it('is found where its writer went when it had only named its next segment', async () => {
    const { data, files } = await leftBy(all);
    await writeFile((files[0] ?? '').replace('-0.jsonl', '-1.jsonl'), '');
    expect(await told(historyIn(data).store)).toHaveLength(5);
  });

  it('is found without the index as well, and stays as it was on disk when that is made again', async () => {
    const { data, files, lines } = await leftBy(all);
    const index = (files[0] ?? '').replace(/jsonl$/, 'idx');
    const [before, bytes] = [await lines(), await readFile(index)];
    await writeFile(index, '');
    const { store } = historyIn(data);
    const first = await told(store);
    expect(first).toHaveLength(5);
    store.tidy();
    await store.close();
    expect(await readFile(index)).toEqual(bytes);
    expect(await lines()).toBe(before);
    expect(await told(historyIn(data).store)).toEqual(first);
  });

  it('may be torn at any byte: then it never was', async () => {
    const { data, files, lines } = await leftBy((store) => {
      store.append(anEdit({ at: AT - 1 }));
      store.begin(build);
    });
    const [file = ''] = files;
    const whole = await lines();
    const begins = whole.indexOf('{"v":1,"kind":"begun"');
    for (let cut = begins; cut <= whole.length; cut += 7) {
      await writeFile(file, whole.slice(0, cut));
      const { store, failures } = historyIn(data);
      expect(await told(store)).toHaveLength(cut === whole.length ? 2 : 1);
      expect(failures).toEqual([]);
      await store.close();
    }
  });

  it('is not while its writer lives, whoever that is', async () => {
    const data = await temporaryFolder();
    const { store } = historyIn(data);
    all(store);
    const other = historyIn(data).store;
    for (const each of [store, other]) expect(await told(each)).toHaveLength(2);
  });

  it('is not while a writer on another machine was seen lately', async () => {
    const now = AT + 100_000;
    const { data } = await leftBy(all, { seen: AT + 9000, boot: '77' });
    expect(await told(historyIn(data, { now: () => now }).store)).toHaveLength(2);
    expect(await told(historyIn(data, { now: () => now + 100_000 }).store)).toHaveLength(5);
  });

  it('goes with its segment when that is too old, and nothing of it stays', async () => {
    const { data } = await leftBy(all);
    const { store } = historyIn(data, { limits: { ageMs: 1000 } });
    expect(await told(store)).toHaveLength(5);
    store.append(anEdit({ at: AT + 99 }));
    await store.close();
    expect(await told(historyIn(data).store)).toEqual([anEdit({ at: AT + 99 })]);
  });

  it('is told to who listens, once', async () => {
    const { data, files } = await leftBy(all);
    const owner = await readFile(files[0] ?? '', 'utf8');
    const alive = owner.replace('"pid":4194305,"started":1,', `"pid":${process.pid},"started":0,`);
    await writeFile(files[0] ?? '', alive);
    const { store } = historyIn(data);
    const outcomes: string[] = [];
    store.onRecorded(({ outcome }) => outcomes.push(outcome));
    // Lately touched: it may be anybody's with this process id.
    expect(await told(store)).toHaveLength(2);
    await utimes(files[0] ?? '', AT / 1000 + 9, AT / 1000 + 9);
    await told(store);
    await told(store);
    expect(outcomes).toEqual(['interrupted', 'interrupted', 'unseen']);
  });
});

it('a writer gives signs of life while anything has begun, and none afterwards', {
  timeout: 60_000,
}, async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { store } = historyIn(await temporaryFolder());
    const id = store.append(anEdit({ at: AT }))?.id ?? '';
    const file = join(store.folder, `${id.split('.')[0]}-0.jsonl`);
    const old = new Date(AT);
    const beats = async (): Promise<void> => {
      await utimes(file, old, old);
      vi.advanceTimersToNextTimer();
      await expect.poll(async () => (await stat(file)).mtimeMs, { timeout: 20_000 }).toBeGreaterThan(AT);
    };
    expect(vi.getTimerCount()).toBe(0);
    store.begin(life);
    await beats();
    store.begin(build);
    await beats();
    store.append(aBuild({ at: AT, took: 3 }));
    store.append(aServer({ at: AT + 2000, event: 'start' }));
    await beats();
    store.append(aServer({ at: AT + 3000, event: 'stop', life: 1000 }));
    expect(vi.getTimerCount()).toBe(0);
    store.begin(reload);
    await store.close();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
