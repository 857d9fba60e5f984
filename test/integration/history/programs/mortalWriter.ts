/**
 * Writes a history and is killed at one of the steps by which that changes the disk: before it, or, of a write, with a part of it
 * done. Notes each record in a file of its own when it is told that it is kept. Prints how many steps there were, if it lives.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { HistoryStore } from '../../../../main/engine/history/historyStore.ts';
import { aBuild, aGraph, anEdit } from '../../../support/history.ts';
import { AT, LIMITS, ROUNDS } from './mortalPlan.ts';

const [data = '', notes = '', step = ''] = process.argv.slice(2);
const { openSync, writeSync } = fs;
let steps = 0;

/** Counts a step, and dies at the one that was asked for. @param before what of it is still done. */
function live(before: () => void = () => {}): void {
  if (steps === Number(step)) {
    before();
    process.kill(process.pid, 'SIGKILL');
  }
  steps += 1;
}

/** The same function, as a step. */
const mortal =
  <Args extends unknown[], T>(act: (...args: Args) => T) =>
  (...args: Args): T => {
    live();
    return act(...args);
  };

/** Each time another part: nothing, a byte, half, all but a byte. */
const PARTS = [() => 0, () => 1, (size: number) => size >> 1, (size: number) => size - 1];

function mortalWrite(file: number, bytes: Buffer, offset: number, length: number): number {
  live(() => {
    const part = PARTS[Number(step) % PARTS.length]?.(length) ?? 0;
    if (part > 0) writeSync(file, bytes, offset, part);
  });
  return writeSync(file, bytes, offset, length);
}

const list = openSync(notes, 'wx');
Object.assign(fs, {
  writeSync: mortalWrite,
  openSync: mortal(openSync),
  mkdirSync: mortal(fs.mkdirSync),
  unlinkSync: mortal(fs.unlinkSync),
  ftruncateSync: mortal(fs.ftruncateSync),
});
Object.assign(promises, {
  writeFile: mortal(promises.writeFile),
  rename: mortal(promises.rename),
  unlink: mortal(promises.unlink),
});
syncBuiltinESMExports();

const store = new HistoryStore({
  data,
  workspace: 'depot',
  limits: LIMITS,
  onFailure: (failure) => console.error(failure),
});
store.noteGraph(aGraph('depot_api'));
const note = (): void => void writeSync(list, '.');
for (let round = 0; round < ROUNDS; round += 1) {
  const at = AT + 10 * round;
  store.begin(aBuild({ at, took: 0, outcome: 'interrupted' }));
  note();
  if (store.append(anEdit({ at: at + 1 })) !== null) note();
  if (store.append(aBuild({ at, took: 5 })) !== null) note();
  // What goes on behind has its turn in between.
  await new Promise((resolve) => setTimeout(resolve, 2));
}
await store.close();
console.log(steps);
