import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HistoryRecord } from '#shared/contract.ts';
import type { HistoryStore, HistoryStoreOptions } from '../../../main/engine/history/historyStore.ts';
import { parseRecordId, segmentFile } from '../../../main/engine/history/segmentNames.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { valueIn } from '../logs/store/runs.ts';
import { ALL, aBuild, aGraph, anEdit, aReloadRecord, aServer, historyIn } from './records.ts';

const AT = 1_750_000_000_000;
const DAY = 24 * 60 * 60 * 1000;

const told = async (store: HistoryStore): Promise<HistoryRecord[]> => {
  const records: HistoryRecord[] = [];
  for await (const { record } of store.records()) records.push(record);
  return records;
};

const four = [
  anEdit({ at: AT }),
  aBuild({ at: AT + 10, took: 500 }),
  aReloadRecord({ at: AT + 520, took: 40 }),
  aServer({ at: AT + 9000, event: 'crash', signal: 'SIGSEGV', life: 20_000, lines: ['oh ⚡'] }),
];

/** A store that another one, now closed, has filled. */
async function reopened(
  records: readonly HistoryRecord[],
  options: Partial<HistoryStoreOptions> = {},
): Promise<ReturnType<typeof historyIn> & { data: string; file(kind: 'jsonl' | 'idx'): string }> {
  const data = await temporaryFolder();
  const { store } = historyIn(data, options);
  store.noteGraph(aGraph('depot_api'));
  const ids = records.map((record) => parseRecordId(store.append(record)?.id ?? ''));
  await store.close();
  const [name] = ids;
  const again = historyIn(data, options);
  const file = (kind: 'jsonl' | 'idx') =>
    join(store.folder, segmentFile(name ?? { writer: '', segment: 0 }, kind));
  return { ...again, data, file };
}

describe('a history', () => {
  it('has what was appended, at once and later, with the graph of that time', async () => {
    const data = await temporaryFolder();
    const { store, failures } = historyIn(data);
    store.noteGraph(aGraph('depot_api'));
    const first = store.append(anEdit());
    store.noteGraph(aGraph('depot_admin'));
    const later = store.append(aBuild());
    for (const each of [store, historyIn(data).store]) {
      expect(valueIn(await each.record(first?.id ?? ''))).toEqual({
        record: anEdit(),
        graph: aGraph('depot_api'),
      });
      expect(valueIn(await each.record(later?.id ?? ''))).toEqual({
        record: aBuild(),
        graph: aGraph('depot_admin'),
      });
      const { entries, count, whole, writers } = valueIn(await each.history(ALL));
      expect(entries).toEqual([first, later]);
      expect({ count, whole }).toEqual({ count: 2, whole: { from: AT, to: AT + 1200, count: 2 } });
      expect(writers).toEqual([first?.id.split('.')[0]]);
    }
    expect(failures).toEqual([]);
  });

  it('is empty where nothing happened, and then makes no folder', async () => {
    const { store } = historyIn(await temporaryFolder());
    expect(valueIn(await store.history(ALL))).toEqual({ entries: [], count: 0, whole: null, writers: [] });
    await expect(stat(store.folder)).rejects.toThrow('ENOENT');
  });

  it('gives what lies in a range, also in part: a server’s end is all of its life', async () => {
    const { store } = await reopened(four);
    const labels = async (from: number, to: number) =>
      valueIn(await store.history({ ...ALL, from, to })).entries.map(({ outcome }) => outcome);
    expect(await labels(AT - 20_000, AT - 1)).toEqual(['crash']);
    expect(await labels(AT, AT + 9)).toEqual(['crash', 'edit']);
    expect(await labels(AT + 200, AT + 300)).toEqual(['crash', 'ok']);
    expect(await labels(AT + 515, AT + 10_000)).toEqual(['crash', 'swapped']);
    const { entries } = valueIn(await store.history({ ...ALL, kinds: ['server'] }));
    expect(entries).toMatchObject([{ at: AT - 11_000, took: 20_000, label: 'SIGSEGV', tone: 'bad' }]);
  });

  it('is told by time, whoever wrote it and in whatever segment', async () => {
    const data = await temporaryFolder();
    const limits = { segmentBytes: 600 };
    const [one, other] = [historyIn(data, { limits }), historyIn(data, { limits, now: () => AT })];
    for (let i = 0; i < 20; i += 1) (i % 3 === 0 ? one : other).store.append(anEdit({ at: AT + i }));
    expect((await readdir(one.store.folder)).length).toBeGreaterThan(10);
    for (const { store } of [one, other, historyIn(data)]) {
      expect((await told(store)).map(({ at }) => at - AT)).toEqual(Array.from({ length: 20 }, (_, i) => i));
      expect(valueIn(await store.history(ALL)).writers).toHaveLength(2);
    }
  });

  it('reports what is appended until that is ended', async () => {
    const { store } = historyIn(await temporaryFolder());
    const labels: string[] = [];
    const end = store.onRecorded(({ label }) => labels.push(label));
    store.append(anEdit({ files: ['a.rs'] }));
    store.append(anEdit({ files: ['a.rs', 'src/b.rs'] }));
    end();
    store.append(anEdit());
    expect(labels).toEqual(['a.rs', 'a.rs and 1 more']);
  });

  it('says of a record that is not there that it is gone', async () => {
    const { store } = await reopened(four);
    for (const id of ['', 'nonsense', '20250615T150640000Z-1.0:0', '20250615T150640000Z-1.0:999999']) {
      expect(await store.record(id)).toMatchObject({ ok: false, failure: { kind: 'history-gone' } });
    }
  });
});

describe('an index', () => {
  it.each([
    ['is missing', () => Buffer.alloc(0)],
    ['has a broken header', (bytes: Buffer) => Buffer.concat([Buffer.alloc(16), bytes.subarray(16)])],
    ['is of a later version', (bytes: Buffer) => Buffer.from(bytes).fill(9, 4, 5)],
    ['ends in half an entry', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    ['has a flipped bit', (bytes: Buffer) => Buffer.from(bytes).fill(0x55, 150, 151)],
    [
      'lacks one in the middle',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 112), bytes.subarray(208)]),
    ],
    ['has foreign bytes behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(777, 1)])],
  ])('that %s is made good from the lines', async (_, breakIt) => {
    const { store, failures, file } = await reopened(four);
    const good = await readFile(file('idx'));
    await writeFile(file('idx'), breakIt(good));
    expect(await told(store)).toEqual(four);
    expect(valueIn(await store.history(ALL)).entries).toHaveLength(4);
    expect(failures).toEqual([]);
  });

  it('is not believed where the lines were changed by hand', async () => {
    const { store, file } = await reopened(four);
    const lines = await readFile(file('jsonl'), 'utf8');
    await writeFile(file('jsonl'), lines.replace('api/src/lib.rs', 'api/src/longer/lib.rs'));
    expect((await told(store)).map(({ kind }) => kind)).toEqual(['edit', 'build', 'reload', 'server']);
    await writeFile(file('jsonl'), lines.split('\n').slice(0, 3).join('\n').concat('\n'));
    expect(await told(store)).toEqual(four.slice(0, 1));
  });
});

describe('lines', () => {
  it('of a later version, an unknown kind or none at all are skipped, and stay', async () => {
    const { store, file } = await reopened(four.slice(0, 2));
    const strange = `{"v":2,"kind":"edit","at":1}\n{"v":1,"kind":"dance"}\nnonsense\n\n{"v":1,"kind":"edit"}\n`;
    const lines = await readFile(file('jsonl'), 'utf8');
    await writeFile(file('jsonl'), `${lines}${strange}${JSON.stringify(four[2])}\n{"v":1,"kind":"ed`);
    expect(await told(store)).toEqual(four.slice(0, 3));
    expect(await readFile(file('jsonl'), 'utf8')).toContain(strange);
    // The last one gets its end after all: another app was just writing it.
    await appendFile(file('jsonl'), `it","at":7}\n${JSON.stringify(four[3])}\n`);
    expect(await told(store)).toEqual(four);
  });
});

describe('what is too much', () => {
  const sizes = async (folder: string): Promise<number> => {
    let sum = 0;
    for (const name of await readdir(folder)) sum += (await stat(join(folder, name))).size;
    return sum;
  };

  it('goes from the oldest on, but for what is being written', async () => {
    const data = await temporaryFolder();
    const limits = { segmentBytes: 2000, totalBytes: 20_000 };
    const { store, failures } = historyIn(data, { limits });
    for (let i = 0; i < 300; i += 1) store.append(anEdit({ at: AT + i }));
    await store.close();
    expect(await sizes(store.folder)).toBeLessThan(24_000);
    const left = (await told(historyIn(data).store)).map(({ at }) => at - AT);
    expect(left.at(-1)).toBe(299);
    expect(left).toEqual(Array.from({ length: left.length }, (_, i) => 300 - left.length + i));
    expect(failures).toEqual([]);
  });

  it('goes at once when less is to be kept from now on', async () => {
    const limits = { segmentBytes: 2000, totalBytes: 1_000_000 };
    const { store } = historyIn(await temporaryFolder(), { limits });
    for (let i = 0; i < 100; i += 1) store.append(anEdit({ at: AT + i }));
    const before = (await told(store)).length;
    store.limit({ totalBytes: 10_000 });
    await store.close();
    expect(before).toBe(100);
    expect(await sizes(store.folder)).toBeLessThanOrEqual(10_000);
    expect((await told(store)).at(-1)?.at).toBe(AT + 99);
  });

  it('goes by age, and only when nobody may write it any more', async () => {
    const { store, file } = await reopened(four, { limits: { ageMs: 30 * DAY } });
    const lines = await readFile(file('jsonl'), 'utf8');
    const old = new Date(Date.now() - 31 * DAY);
    for (const kind of ['jsonl', 'idx'] as const) await utimes(file(kind), old, old);
    store.tidy();
    await store.close();
    // This very process has written it.
    await expect(stat(file('jsonl'))).resolves.toBeDefined();
    await writeFile(file('jsonl'), lines.replace(/"pid":\d+,"started":\d+/, '"pid":4194305,"started":1'));
    await utimes(file('jsonl'), old, old);
    const { store: next } = historyIn(join(file('jsonl'), '../../..'), { limits: { ageMs: 30 * DAY } });
    next.tidy();
    await next.close();
    await expect(stat(file('jsonl'))).rejects.toThrow('ENOENT');
  });
});

describe('a folder that can’t be written', () => {
  it('is told once, until it can', async () => {
    const data = await temporaryFolder();
    await writeFile(join(data, 'history'), 'in the way');
    const { store, failures } = historyIn(data);
    for (let i = 0; i < 3; i += 1) expect(store.append(anEdit())).toBeNull();
    expect(failures).toMatchObject([{ kind: 'history-unwritable' }]);
    expect(valueIn(await store.history(ALL)).entries).toEqual([]);
    await rm(join(data, 'history'));
    expect(store.append(anEdit())).not.toBeNull();
    expect(await told(store)).toHaveLength(1);
    await rm(join(data, 'history'), { recursive: true });
    await writeFile(join(data, 'history'), 'again');
    expect(store.append(anEdit())).toBeNull();
    expect(failures).toHaveLength(2);
  });

  it('that is removed meanwhile is made again, and what comes then is kept', async () => {
    const { store, failures } = historyIn(await temporaryFolder());
    store.append(anEdit({ at: AT }));
    await rm(store.folder, { recursive: true });
    store.append(anEdit({ at: AT + 1 }));
    expect((await told(store)).map(({ at }) => at)).toEqual([AT + 1]);
    expect(failures).toEqual([]);
  });

  it('with a strange thing in it is read as far as it can be', async () => {
    const { store, file, failures } = await reopened(four);
    await mkdir(join(store.folder, '20250615T150640000Z-1-0.idx'), { recursive: true });
    await truncate(file('idx'), 0);
    await writeFile(join(store.folder, 'notes.txt'), 'mine');
    expect(await told(store)).toEqual(four);
    expect(failures).toEqual([]);
  });
});
