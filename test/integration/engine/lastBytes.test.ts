/** What a server writes just before its end is not lost. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spawnServer } from '../../../main/engine/process/serverProcess.ts';
import { temporaryFolder } from '../../support/folders.ts';

const ROUNDS = 20;
const LINES = 10_000;
const line = (n: number): string =>
  `${String(n).padStart(6, '0')} ${'the last words of a server '.repeat(5)}`;

/** Prints a file and ends at once; gives what arrived. */
async function printed(file: string, isHeld: boolean): Promise<string> {
  const pieces: Uint8Array[] = [];
  const spawned = await spawnServer({
    file: '/bin/cat',
    arguments: [file],
    cwd: '/',
    env: {},
    columns: 80,
    rows: 24,
    onData: (bytes) => pieces.push(bytes),
  });
  if (!spawned.ok) throw new Error(spawned.failure.message);
  if (isHeld) spawned.value.pause();
  await spawned.value.exited;
  return Buffer.concat(pieces).toString().replaceAll('\r\n', '\n');
}

test('a server that ends while it writes has written everything', async () => {
  const file = join(await temporaryFolder(), 'lines');
  const text = Array.from({ length: LINES }, (_, n) => `${line(n)}\n`).join('');
  await writeFile(file, text);
  for (let round = 0; round < ROUNDS; round += 1) {
    const arrived = await printed(file, false);
    expect(arrived.length).toBe(text.length);
    expect(arrived === text).toBe(true);
  }
});

test('so has one that ends while it is held back', async () => {
  const file = join(await temporaryFolder(), 'lines');
  const text = `${line(1)}\n${line(2)}\n`;
  await writeFile(file, text);
  expect(await printed(file, true)).toBe(text);
});
