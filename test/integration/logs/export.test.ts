import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportRun } from '../../../main/engine/logs/exportRun.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { storeIn, valueIn } from '../../unit/logs/store/runs.ts';

const WRITTEN = `${'\x1b[32m INFO\x1b[0m ä\r\n'.repeat(20_000)}the end`;

it('saves a run byte for byte, or as text without colors', async () => {
  const folder = await temporaryFolder();
  const { store } = storeIn(await temporaryFolder());
  const writer = store.begin({ stream: 'server' });
  const bytes = Buffer.from(WRITTEN);
  for (let at = 0; at < bytes.length; at += 7_777) writer.append(bytes.subarray(at, at + 7_777));
  await store.end(writer);
  const reader = valueIn(await store.open(writer.id));
  expect(await exportRun(reader, 'raw', join(folder, 'raw'))).toMatchObject({ ok: true });
  expect(await exportRun(reader, 'text', join(folder, 'text'))).toMatchObject({ ok: true });
  expect(await exportRun(reader, 'raw', join(folder, 'none', 'raw'))).toMatchObject({
    failure: { kind: 'export' },
  });
  await reader.close();
  expect((await readFile(join(folder, 'raw'))).equals(bytes)).toBe(true);
  expect(await readFile(join(folder, 'text'), 'utf8')).toBe(`${' INFO ä\n'.repeat(20_000)}the end`);
  expect((await readdir(folder)).sort()).toEqual(['raw', 'text']);
});
