/** Writes numbered lines to a store as fast as a timer goes, and notes each one in a file of its own at once. */
import { openSync, writeSync } from 'node:fs';
import { LogStore } from '../../../../main/engine/logs/store/logStore.ts';

const [data = '', notes = ''] = process.argv.slice(2);
const store = new LogStore({ data, workspace: 'depot', onFailure: (failure) => console.error(failure) });
const writer = store.begin({ stream: 'server' });
const file = openSync(notes, 'wx');
let count = 0;
setInterval(() => {
  for (let i = 0; i < 20; i += 1) {
    const line = `${count} ${Date.now()} ${'x'.repeat(count % 200)}\n`;
    count += 1;
    writer.append(Buffer.from(line));
    writeSync(file, line);
  }
}, 1);
