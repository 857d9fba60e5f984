/** Fills the disk with a run, makes room, begins another; prints what the store said to that, as JSON. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '#shared/contract.ts';
import { LogStore } from '../../../../main/engine/logs/store/logStore.ts';

const [data = '', limit = '0'] = process.argv.slice(2);
const failures: Failure[] = [];
const pressure: boolean[] = [];
const store = new LogStore({ data, workspace: 'depot', onFailure: (failure) => failures.push(failure) });
writeFileSync(join(data, 'filler'), Buffer.alloc(Number(limit) / 2));
const writer = store.begin({ stream: 'server', onPressure: (pressed) => pressure.push(pressed) });
let written = 0;
while (writer.stores && written < 200_000_000) {
  writer.append(Buffer.alloc(10_000, `${'x'.repeat(99)}\n`));
  written += 10_000;
  await new Promise((resolve) => setTimeout(resolve, 1));
}
const told = [...failures];
for (let i = 0; i < 100; i += 1) writer.append(Buffer.alloc(1_000_000));
await store.end(writer);
const stored = await store.runs();
rmSync(join(data, 'filler'));
const next = store.begin({ stream: 'server' });
next.append(Buffer.from('hello\n'));
await store.end(next, '0');
const runs = await store.runs();
await store.close();
console.log(JSON.stringify({ told, failures, pressure, stored, runs, next: next.id, isStored: next.stores }));
