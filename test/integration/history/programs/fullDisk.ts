/** Fills the disk with a history, makes room, goes on; prints what the store said to that, as JSON. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditRecord, Failure } from '#shared/contract.ts';
import { HistoryStore } from '../../../../main/engine/history/historyStore.ts';

const [data = '', limit = '0'] = process.argv.slice(2);
const failures: Failure[] = [];
const store = new HistoryStore({ data, workspace: 'depot', onFailure: (failure) => failures.push(failure) });
const record = (at: number): EditRecord => ({
  ...{ v: 1, kind: 'edit', at, run: null, line: null, endLine: null, modules: {} },
  ...{ files: ['x'.repeat(1000)], owners: [] },
});
writeFileSync(join(data, 'filler'), Buffer.alloc(Number(limit) / 2));
let kept = 0;
while (kept < 10_000 && store.append(record(kept)) !== null) kept += 1;
let lost = 1;
for (let i = 0; i < 20; i += 1) if (store.append(record(-1)) === null) lost += 1;
const told = failures.length;
rmSync(join(data, 'filler'));
const isKeptAgain = store.append(record(kept)) !== null;
await store.close();
const again = new HistoryStore({ data, workspace: 'depot', onFailure: (failure) => failures.push(failure) });
const times: number[] = [];
for await (const each of again.records()) times.push(each.record.at);
await again.close();
console.log(JSON.stringify({ failures, told, kept, lost, isKeptAgain, times }));
