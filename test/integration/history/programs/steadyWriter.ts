/** Appends numbered records to a history without a break, and notes each one in a file of its own when it is told that it is kept. */
import { openSync, writeSync } from 'node:fs';
import { HistoryStore } from '../../../../main/engine/history/historyStore.ts';

const [data = '', notes = ''] = process.argv.slice(2);
const store = new HistoryStore({
  data,
  workspace: 'depot',
  // Small ones, so that it is also killed between two segments.
  limits: { segmentBytes: 8_000 },
  onFailure: (failure) => console.error(failure),
});
const file = openSync(notes, 'wx');
let count = 0;
const write = (): void => {
  for (let i = 0; i < 50; i += 1) {
    const text = `${count}`.padEnd(count % 700, 'x');
    const kept = store.append({
      ...{
        v: 1,
        kind: 'edit',
        at: 1_750_000_000_000 + count,
        run: null,
        line: null,
        endLine: null,
        modules: {},
      },
      ...{ files: [text], owners: [] },
    });
    if (kept !== null) writeSync(file, `${count}\n`);
    count += 1;
  }
  setImmediate(write);
};
write();
