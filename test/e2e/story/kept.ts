/** What is kept of a play: as the command line tells it, and as it lies on the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { type HistoryRecord, HistoryRecordSchema } from '#shared/contract.ts';
import { hotdeck } from '../../support/hotdeck.ts';
import type { Play } from './play.ts';

const RawSchema = z.looseObject({ v: z.number(), kind: z.string() });
type Raw = z.infer<typeof RawSchema>;
const BegunSchema = z.object({ kind: z.literal('begun'), record: HistoryRecordSchema });
const PrintedSchema = z.object({
  workspace: z.string(),
  records: z.array(z.looseObject({ id: z.string() })),
});

/**
 * The whole record by `hotdeck history --json`. Fails where the files on the disk hold anything else: another record, one
 * more or one less.
 */
export async function readKept({ root, data }: Play): Promise<HistoryRecord[]> {
  const { code, stdout, stderr } = await hotdeck('history', root, '--data', data, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const printed = PrintedSchema.parse(JSON.parse(stdout));
  expect(printed.workspace).toBe(root);
  const told = new Map(printed.records.map(({ id, ...record }) => [id, record]));
  expect(told.size).toBe(printed.records.length);
  expect(told).toEqual(await onDisk(data));
  return printed.records.map((record) => HistoryRecordSchema.parse(record));
}

/** The records in the files of the one workspace, read line by line, by the names that they have elsewhere. */
async function onDisk(data: string): Promise<Map<string, Raw>> {
  const [workspace, ...others] = await readdir(join(data, 'history'));
  expect(others).toEqual([]);
  const folder = join(data, 'history', workspace ?? '');
  const records = new Map<string, Raw>();
  const begun: string[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.jsonl'))) {
    const [, writer, segment] = /^(.+)-(\d+)\.jsonl$/.exec(file) ?? [];
    const text = await readFile(join(folder, file), 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    let offset = 0;
    for (const line of text.slice(0, -1).split('\n')) {
      const record = RawSchema.parse(JSON.parse(line));
      expect(record.v).toBe(1);
      const soFar = BegunSchema.safeParse(record).data;
      if (soFar !== undefined) begun.push(beginning(soFar.record));
      else if (record.kind !== 'segment' && record.kind !== 'graph')
        records.set(`${writer}.${segment}:${offset}`, record);
      offset += Buffer.byteLength(line) + 1;
    }
  }
  // What is said before something begins, for the case that no more comes, was followed by more.
  const over = [...records.values()].map((record) => HistoryRecordSchema.parse(record)).filter(lasts);
  expect(begun.sort()).toEqual(over.map(beginning).sort());
  return records;
}

/** It is no mere moment. */
const lasts = (record: HistoryRecord): boolean =>
  'took' in record || (record.kind === 'server' && (record.event === 'stop' || record.event === 'crash'));

const beginning = (record: HistoryRecord): string =>
  `${record.kind} ${record.kind === 'server' ? record.at - (record.life ?? 0) : record.at}`;
