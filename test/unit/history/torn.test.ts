import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ENTRY_BYTES, HEADER_BYTES } from '../../../main/engine/history/format.ts';
import { parseRecordId, segmentFile } from '../../../main/engine/history/segmentNames.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { anEdit, historyIn } from './records.ts';

it('a write that was cut off at any byte, of lines or index, costs no other record', {
  timeout: 60_000,
}, async () => {
  const data = await temporaryFolder();
  const { store } = historyIn(data);
  let name = parseRecordId('');
  for (let i = 0; i < 6; i += 1) name = parseRecordId(store.append(anEdit({ at: i }))?.id ?? '');
  await store.close();
  if (name === null) throw new Error('Nothing was kept.');
  const [lines, index] = [
    join(store.folder, segmentFile(name, 'jsonl')),
    join(store.folder, segmentFile(name, 'idx')),
  ];
  const [allLines, allIndex] = [await readFile(lines), await readFile(index)];
  // From the last line but one on.
  const from = allLines.lastIndexOf(10, name.offset - 2) + 1;
  // A line is written before its entry, so an index may be behind the lines by any number of bytes.
  for (let cut = from; cut <= allLines.length; cut += 1) {
    const whole = allLines.subarray(0, cut).toString().split('\n').length - 1;
    const most = HEADER_BYTES + whole * ENTRY_BYTES;
    const cuts = [most, most - 1, most - ENTRY_BYTES, most - ENTRY_BYTES - 50, 40, 7, 0];
    await writeFile(lines, allLines.subarray(0, cut));
    await writeFile(index, allIndex.subarray(0, cuts[cut % cuts.length]));
    const { store: next, failures } = historyIn(data);
    const times: number[] = [];
    for await (const { record } of next.records()) times.push(record.at);
    // The first line is the segment's own.
    expect(times).toEqual(Array.from({ length: whole - 1 }, (_, i) => i));
    expect(failures).toEqual([]);
  }
});
