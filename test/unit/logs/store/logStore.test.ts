import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLines, readTail } from '../../../../main/engine/logs/store/runLines.ts';
import type { Growth } from '../../../../main/engine/logs/store/runWriter.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { randomFrom } from '../records/fuzz.ts';
import { TIME } from '../records/samples.ts';
import { bytesOf, readerOf, storeIn, sumOf, valueIn } from './runs.ts';

const patient = { timeout: 60_000 };
const info = (i: number) => `${TIME}  INFO depot: line ${i}\n`;

describe('a run', () => {
  it('has on disk exactly the bytes that were written, in whatever pieces they came', patient, async () => {
    const { store, failures } = storeIn(await temporaryFolder());
    const random = randomFrom(1);
    const pool = Buffer.from(Array.from({ length: 100_000 }, () => random(256)));
    const writer = store.begin({ stream: 'server' });
    const hash = createHash('sha256');
    let size = 0;
    while (size < 50_000_000) {
      const from = random(pool.length);
      const chunk = Uint8Array.from(
        pool.subarray(from, from + 1 + random(random(20) === 0 ? 100_000 : 8000)),
      );
      hash.update(chunk);
      size += chunk.length;
      writer.append(chunk);
      // A source that doesn't reuse its memory is not asked for.
      chunk.fill(0);
      if (random(50) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await store.end(writer);
    const reader = await readerOf(store, writer.id);
    const bytes = await bytesOf(reader);
    expect(bytes.length).toBe(size);
    expect(sumOf(bytes)).toBe(hash.digest('hex'));
    expect(failures).toEqual([]);
  });

  it('gives its lines by number, with split characters and every byte value', async () => {
    const { store } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      Buffer.concat([
        Buffer.from(`${i} é€😀 `),
        Buffer.from([i % 256 === 10 ? 0 : i % 256]),
        Buffer.from('|'),
      ]),
    );
    const all = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\r\n')]));
    for (let at = 0; at < all.length; at += 7919) writer.append(all.subarray(at, at + 7919));
    await store.end(writer);
    const reader = await readerOf(store, writer.id);
    expect(reader.extent.end).toMatchObject({ line: 20_000, offset: all.length });
    for (const [from, to] of [
      [0, 1],
      [0, 20_000],
      [777, 778],
      [12_345, 12_999],
      [19_999, 30_000],
      [20_000, 20_001],
    ] as const) {
      const read = valueIn(await readLines(reader, from, to));
      expect(read.map(({ number }) => number)).toEqual(Array.from(lines.keys()).slice(from, to));
      for (const { number, bytes, offset } of read) {
        expect(bytes.equals(lines[number] ?? Buffer.alloc(0))).toBe(true);
        expect(all.subarray(offset, offset + bytes.length).equals(bytes)).toBe(true);
      }
    }
    expect(valueIn(await readTail(reader, 3)).map(({ number }) => number)).toEqual([19_997, 19_998, 19_999]);
    expect(valueIn(await readLines(reader, 0, 20_000, 1000)).length).toBeLessThan(4000);
  });

  it('can be read while it grows', async () => {
    const { store } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    const reader = await readerOf(store, writer.id);
    expect(reader.extent.end).toMatchObject({ offset: 0, line: 0 });
    expect(valueIn(await readTail(reader, 10))).toEqual([]);
    let text = '';
    for (let round = 0; round < 30; round += 1) {
      const grown = new Promise<Growth>((resolve) => {
        const stop = store.onGrowth((growth) => {
          if (growth.bytes < text.length) return;
          stop();
          resolve(growth);
        });
      });
      const more = info(round).repeat(100) + (round % 2 === 0 ? 'half a line, ' : '');
      text += more;
      writer.append(Buffer.from(more));
      const growth = await grown;
      valueIn(await reader.refresh());
      expect((await bytesOf(reader)).toString()).toBe(text);
      expect(growth).toMatchObject({ run: writer.id, bytes: text.length, lines: reader.extent.end.line });
      expect(growth.levels).toEqual(reader.extent.end.levels);
      expect(valueIn(await readTail(reader, 1))[0]?.bytes.toString()).toBe(
        text.split('\n').findLast((line) => line !== ''),
      );
    }
  });

  it('holds marks, and says when it was', async () => {
    let now = Date.UTC(2025, 3, 8, 12);
    const { store } = storeIn(await temporaryFolder(), { now: () => now });
    const writer = store.begin({ stream: 'build' });
    writer.append(Buffer.from(info(1)));
    now += 5000;
    writer.mark('reload-began', 3);
    writer.append(Buffer.from(info(2) + info(3)));
    now += 5000;
    writer.mark('reload-ended', 3, 'swapped');
    const live = await store.runs();
    expect(live).toMatchObject([
      { id: 'build-20250408T120000000Z', stream: 'build', state: 'live', ended: null },
    ]);
    now += 5000;
    await store.end(writer, '0');
    const [run] = await store.runs();
    expect(run).toMatchObject({
      state: 'ended',
      started: Date.UTC(2025, 3, 8, 12),
      ended: Date.UTC(2025, 3, 8, 12, 0, 15),
      bytes: info(1).length * 3,
      firstLine: 0,
      endLine: 3,
      levels: [0, 0, 3, 0, 0],
    });
    const offset = info(1).length;
    expect(run?.marks).toMatchObject([
      { kind: 'reload-began', number: 3, line: 1, offset },
      { kind: 'reload-ended', number: 3, label: 'swapped', line: 3, offset: 3 * offset },
      { kind: 'run-ended', label: '0', line: 3, offset: 3 * offset },
    ]);
    const reader = await readerOf(store, writer.id);
    const times = valueIn(await readLines(reader, 0, 3)).map(({ time }) => time - Date.UTC(2025, 3, 8, 12));
    expect(times).toEqual([0, 5000, 5000]);
  });

  it('keeps less as soon as it is told to', async () => {
    const { store } = storeIn(await temporaryFolder());
    for (const text of ['first', 'second']) {
      const writer = store.begin({ stream: 'server' });
      writer.append(Buffer.from(text));
      await store.end(writer);
    }
    expect(await store.runs()).toHaveLength(2);
    store.limit({ totalBytes: 1 });
    await store.close();
    expect(await store.runs()).toEqual([]);
  });

  it('may begin in the same millisecond as another, by another instance', async () => {
    const data = await temporaryFolder();
    const [one, other] = [storeIn(data, { now: () => 1e12 }), storeIn(data, { now: () => 1e12 })];
    const ids = [one, other, one].map(({ store }) => store.begin({ stream: 'server' }).id);
    expect(ids).toEqual([
      'server-20010909T014640000Z',
      'server-20010909T014640001Z',
      'server-20010909T014640002Z',
    ]);
    expect((await one.store.runs()).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('without a line end, or with a line of 10 MB, takes little memory and is read in pieces', async () => {
    const { store } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    const block = Buffer.from('é'.repeat(500_000));
    for (let i = 0; i < 10; i += 1) writer.append(block);
    await store.end(writer);
    const reader = await readerOf(store, writer.id);
    expect(reader.extent.end.line).toBe(Math.ceil(10_000_000 / 65_536));
    const lines = valueIn(await readLines(reader, 0, 3));
    expect(lines.map(({ continues }) => continues)).toEqual([false, true, true]);
    for (const { bytes } of lines) expect(bytes.toString()).toBe('é'.repeat(32_768));
  });
});

describe('a long run', () => {
  const limits = { segmentBytes: 100_000, runBytes: 450_000 };

  it('is cut into files, and loses its first ones', async () => {
    const { store, failures } = storeIn(await temporaryFolder(), { limits });
    const writer = store.begin({ stream: 'server' });
    const text = Array.from({ length: 30_000 }, (_, i) => info(i)).join('');
    for (let at = 0; at < text.length; at += 9000) {
      writer.append(Buffer.from(text.slice(at, at + 9000)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    writer.mark('build-ended');
    await store.end(writer);
    await store.close();
    const reader = await readerOf(store, writer.id);
    const { begin, end } = reader.extent;
    expect(end.offset).toBe(text.length);
    expect(end.line).toBe(30_000);
    expect(end.offset - begin.offset).toBeLessThan(450_000);
    expect(end.offset - begin.offset).toBeGreaterThan(250_000);
    expect((await bytesOf(reader)).toString()).toBe(text.slice(begin.offset));
    // What is gone is gone; what is there has its number still.
    const [first] = valueIn(await readLines(reader, 0, 10));
    expect(valueIn(await readLines(reader, 0, 10))).toHaveLength(0);
    expect(first).toBeUndefined();
    const lines = valueIn(await readLines(reader, begin.line, begin.line + 5000));
    expect(lines.map(({ bytes }) => `${bytes.toString()}\n`)).toEqual(
      Array.from({ length: 5000 }, (_, i) => info(begin.line + i)),
    );
    const [run] = await store.runs();
    expect(run).toMatchObject({
      firstLine: begin.line,
      endLine: 30_000,
      levels: [0, 0, 30_000 - begin.line, 0, 0],
    });
    expect(run?.marks.map(({ kind }) => kind)).toEqual(['build-ended', 'run-ended']);
    expect(failures).toEqual([]);
  });

  it('can be read through all its files both ways', async () => {
    const { store } = storeIn(await temporaryFolder(), { limits: { segmentBytes: 50_000 } });
    const writer = store.begin({ stream: 'server' });
    for (let i = 0; i < 10_000; i += 1) writer.append(Buffer.from(info(i)));
    await store.end(writer);
    const reader = await readerOf(store, writer.id);
    const offsets: number[] = [];
    for (let block = valueIn(await reader.blockAt('offset', 0)); block !== null; ) {
      offsets.push(block.begin.offset);
      block = valueIn(await reader.next(block));
    }
    const back: number[] = [];
    for (
      let block = valueIn(await reader.blockAt('offset', reader.extent.end.offset - 1));
      block !== null;
    ) {
      back.unshift(block.begin.offset);
      block = valueIn(await reader.previous(block));
    }
    expect(back).toEqual(offsets);
    expect(offsets.length).toBeGreaterThan(15);
  });

  it('that lost a file in its middle still gives the rest', async () => {
    const { store } = storeIn(await temporaryFolder(), { limits: { segmentBytes: 50_000 } });
    const writer = store.begin({ stream: 'server' });
    for (let i = 0; i < 5000; i += 1) writer.append(Buffer.from(info(i)));
    await store.end(writer);
    await rm(join(store.folder, `${writer.id}-2.log`));
    await rm(join(store.folder, `${writer.id}-3.idx`));
    const reader = await readerOf(store, writer.id);
    const lines = valueIn(await readLines(reader, 0, 5000));
    const numbers = lines.map(({ bytes }) => Number(bytes.toString().split(' ').at(-1)));
    expect(numbers.length).toBeGreaterThan(3500);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('what can’t be stored', () => {
  it('is said once, where the folder can’t be made', async () => {
    const data = await temporaryFolder();
    await writeFile(join(data, 'logs'), '');
    const { store, failures } = storeIn(data);
    const writer = store.begin({ stream: 'server' });
    for (let i = 0; i < 1000; i += 1) writer.append(Buffer.alloc(100_000));
    expect(writer.stores).toBe(false);
    expect(failures).toMatchObject([{ kind: 'log-unwritable' }]);
    await store.end(writer);
    expect(await store.runs()).toEqual([]);
    // The next run tries again.
    await rm(join(data, 'logs'));
    const next = store.begin({ stream: 'server' });
    next.append(Buffer.from('hello'));
    await store.end(next);
    expect(await store.runs()).toMatchObject([{ id: next.id, bytes: 5 }]);
    expect(failures).toHaveLength(1);
  });

  it('is said once, where the folder was removed', async () => {
    const { store, failures } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    writer.append(Buffer.from('one'));
    await grown(store, 3);
    await rm(store.folder, { recursive: true });
    for (let i = 0; i < 1000 && failures.length === 0; i += 1) {
      writer.append(Buffer.from('two'));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(failures).toMatchObject([{ kind: 'log-deleted', remedy: expect.stringContaining('next run') }]);
    await store.end(writer);
    expect(failures).toHaveLength(1);
    expect(await store.runs()).toEqual([]);
  });

  it('goes on where the folder was only renamed', async () => {
    const { store, failures } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    writer.append(Buffer.from('one'));
    await grown(store, 3);
    await rename(store.folder, `${store.folder}-moved`);
    writer.append(Buffer.from('two'));
    await store.end(writer);
    expect((await stat(join(`${store.folder}-moved`, `${writer.id}-0.log`))).size).toBe(6);
    expect(failures).toEqual([]);
  });

  it('holds its source back while the disk is behind', async () => {
    const { store } = storeIn(await temporaryFolder());
    const pressure: boolean[] = [];
    const writer = store.begin({ stream: 'server', onPressure: (pressed) => pressure.push(pressed) });
    for (let i = 0; i < 100; i += 1) writer.append(Buffer.alloc(100_000, `${'x'.repeat(99)}\n`));
    expect(pressure).toEqual([true]);
    await store.end(writer);
    expect(pressure).toEqual([true, false]);
    expect((await store.runs())[0]?.bytes).toBe(10_000_000);
  });

  it('is given up rather than kept in memory', async () => {
    const { store, failures } = storeIn(await temporaryFolder());
    const writer = store.begin({ stream: 'server' });
    for (let i = 0; i < 100; i += 1) writer.append(Buffer.alloc(1_000_000));
    expect(failures).toMatchObject([{ kind: 'log-disk-slow' }]);
    await store.end(writer);
  });
});

const grown = (store: ReturnType<typeof storeIn>['store'], bytes: number): Promise<void> =>
  new Promise((resolve) => {
    const stop = store.onGrowth((growth) => {
      if (growth.bytes < bytes) return;
      stop();
      resolve();
    });
  });

describe('a folder', () => {
  it('with other things in it is left as it is', async () => {
    const { store, failures } = storeIn(await temporaryFolder());
    await mkdir(join(store.folder, 'server-20250408T120000000Z-0.log'), { recursive: true });
    await writeFile(join(store.folder, 'notes.txt'), 'mine');
    expect(await store.runs()).toEqual([]);
    const writer = store.begin({ stream: 'server' });
    await store.end(writer);
    await store.close();
    expect(await readdir(store.folder)).toContain('notes.txt');
    expect(failures).toEqual([]);
  });
});
