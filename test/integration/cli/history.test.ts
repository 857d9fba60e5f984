import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HistoryStore } from '../../../main/engine/history/historyStore.ts';
import { workspaceId } from '../../../main/engine/session/workspaceId.ts';
import { HistoryRecordSchema } from '../../../preload/contract.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { aBuild, anEdit, aReloadRecord, aServer } from '../../unit/history/records.ts';
import { hotdeck } from './hotdeck.ts';

const AT = Date.parse('2025-04-08T12:00:00Z');
const PrintedSchema = z.object({ workspace: z.string(), records: z.array(HistoryRecordSchema) });

const records = [
  anEdit({ at: AT, files: ['api/src/a, "b".rs'] }),
  aBuild({ at: AT + 5 }),
  aReloadRecord({ at: AT + 2000, number: 17, message: 'Swapped api.', files: ['api/src/lib.rs'] }),
  aServer({ at: AT + 90_000_000, event: 'crash', life: 60_000, signal: 'SIGSEGV' }),
];

async function recorded(): Promise<{ root: string; data: string }> {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  const store = new HistoryStore({ data, workspace: workspaceId(root), onFailure: () => {} });
  onTestFinished(() => store.close());
  for (const record of records) store.append(record);
  return { root, data };
}

describe('hotdeck history', () => {
  test('prints a line for each record, the oldest first', async () => {
    const { root, data } = await recorded();
    const { code, stdout } = await hotdeck('history', root, '--data', data);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(
      /^2025-04-0\d \d\d:\d\d:00 {2}build {3}ok in 1\.2 s, for api\/src\/lib\.rs; rebuilt depot_api$/,
    );
    expect(lines[2]).toContain('reload  17 swapped in 40 ms, for api/src/lib.rs: Swapped api.');
    expect(lines[3]).toContain('server  crash, process 4711 after 1 min: SIGSEGV');
    const none = await hotdeck('history', data, '--data', data);
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is recorded') });
  });

  test('--json prints all of them, --since and --kind some', async () => {
    const { root, data } = await recorded();
    const json = async (...args: string[]) =>
      PrintedSchema.parse(
        JSON.parse((await hotdeck('history', root, '--data', data, '--json', ...args)).stdout),
      );
    expect(await json()).toEqual({ workspace: root, records });
    expect((await json('--kind', 'build,reload')).records).toEqual(records.slice(1, 3));
    expect((await json('--since', '2025-04-08T12:00:01Z')).records).toEqual(records.slice(2));
    expect((await json('--since', '1h')).records).toEqual([]);
  });

  test('--export writes them to a file', async () => {
    const { root, data } = await recorded();
    const [lines, table] = [join(data, 'all.jsonl'), join(data, 'all.csv')];
    expect((await hotdeck('history', root, '--data', data, '--export', lines)).stdout).toBe(
      `4 records in ${lines}.\n`,
    );
    const parsed = (await readFile(lines, 'utf8')).trimEnd().split('\n');
    expect(parsed.map((line) => HistoryRecordSchema.parse(JSON.parse(line)))).toEqual(records);
    await hotdeck('history', root, '--data', data, '--export', table);
    const rows = (await readFile(table, 'utf8')).trimEnd().split('\n');
    expect(rows[0]).toMatch(/^id,kind,at,outcome,took_ms,/);
    expect(rows).toHaveLength(5);
    expect(rows[1]).toContain(',edit,2025-04-08T12:00:00.000Z,edit,,,,"api/src/a, ""b"".rs",depot_api,');
    const nowhere = await hotdeck('history', root, '--data', data, '--export', join(data, 'no/where'));
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('was not saved') });
  });

  test.each([
    [[]],
    [['x', '--since', 'yesterday']],
    [['x', '--kind', 'dance']],
    [['x', '--format', 'csv']],
    [['x', '--export', 'f', '--format', 'xml']],
    [['x', '--export', 'f', '--json']],
  ])('%j is bad use', async (args) => {
    expect(await hotdeck('history', ...args)).toMatchObject({ code: 2, stdout: '' });
  });
});
