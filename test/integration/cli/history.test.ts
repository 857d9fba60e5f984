import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HistoryRecordSchema } from '#shared/contract.ts';
import { HistoryStore } from '../../../main/engine/history/historyStore.ts';
import { workspaceId } from '../../../main/engine/workspace/workspaceId.ts';
import { checkoutRoot } from '../../../main/launch/checkout.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { hotdeck } from '../../support/hotdeck.ts';
import { aBuild, anEdit, aReloadRecord, aServer } from '../../unit/history/records.ts';

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

const shell = (command: string): Promise<{ stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile('sh', ['-c', command], (_, stdout, stderr) => resolve({ stdout, stderr }));
  });

/** Rows and cells, by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
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
    expect(lines[3]).toContain('server  crash, process 4711 after 1 m: SIGSEGV');
    const none = await hotdeck('history', data, '--data', data);
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is recorded for') });
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

  test('a folder inside, one that is gone, and one that never was', async () => {
    const { root, data } = await recorded();
    await mkdir(join(root, 'api/src'), { recursive: true });
    const inside = await hotdeck('history', join(root, 'api/src'), '--data', data, '--json');
    expect(PrintedSchema.parse(JSON.parse(inside.stdout))).toEqual({ workspace: root, records });
    await rm(root, { recursive: true });
    expect((await hotdeck('history', root, '--data', data)).stdout.trimEnd().split('\n')).toHaveLength(4);
    for (const args of [
      [join(root, 'never'), '--data', join(data, 'none')],
      [join(data, 'never'), '--data', data],
    ]) {
      const printed = await hotdeck('history', ...args);
      expect(printed).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('There is no folder'),
      });
    }
  });

  test('--format prints; --until ends it; an empty history is valid in each form', async () => {
    const { root, data } = await recorded();
    const print = async (...args: string[]) =>
      (await hotdeck('history', root, '--data', data, ...args)).stdout;
    const lines = (await print('--format', 'jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => HistoryRecordSchema.parse(JSON.parse(line)))).toEqual(records);
    const until = await print('--format', 'jsonl', '--until', '2025-04-08T12:00:00Z');
    expect(until.trimEnd().split('\n')).toHaveLength(2);
    const nothing = ['--since', '1h'];
    expect(await print('--format', 'jsonl', ...nothing)).toBe('');
    expect(await print('--format', 'csv', ...nothing)).toMatch(/^id,kind,at,[^\n]*\n$/);
    expect(JSON.parse(await print('--json', ...nothing))).toEqual({ workspace: root, records: [] });
    expect(await print(...nothing)).toBe(`No matching records for ${root}.\n`);
  });

  test('hostile and huge fields stay in their line, their cell and their terminal', async () => {
    const [root, data] = [await temporaryFolder(), await temporaryFolder()];
    const store = new HistoryStore({ data, workspace: workspaceId(root), onFailure: () => {} });
    const files = ['a\nb.rs', 'c\r\n"d",e.rs', '\x1b[2Jx.rs', `${'long'.repeat(100_000)}.rs`, '⚡.rs'];
    store.append(anEdit({ at: AT, files }));
    store.append(aBuild({ at: AT + 1, outcome: 'interrupted', took: 3000, message: 'Ended.' }));
    store.append(aServer({ at: AT + 2, event: 'unseen', life: 1 }));
    await store.close();
    const print = async (...args: string[]) =>
      (await hotdeck('history', root, '--data', data, ...args)).stdout;
    const text = (await print()).trimEnd().split('\n');
    expect(text).toHaveLength(3);
    expect(text[0]).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    expect(text[0]).toContain('a<0a>b.rs, c<0d><0a>"d",e.rs, <1b>[2Jx.rs, long');
    expect(text[1]).toContain('interrupted after at least 3.0 s, for api/src/lib.rs; Ended.');
    expect(text[2]).toContain('end not observed, process 4711 after at least 1 ms: Hotdeck was killed');
    const rows = readCsv(await print('--format', 'csv'));
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows[1]?.[rows[0]?.indexOf('files') ?? -1]).toBe(files.join(' '));
  });

  test('who reads along may stop, or never begin: it ends by itself, well and soon', async () => {
    const [root, data] = [await temporaryFolder(), await temporaryFolder()];
    const store = new HistoryStore({ data, workspace: workspaceId(root), onFailure: () => {} });
    for (let i = 0; i < 5000; i += 1) store.append(aBuild({ at: AT + i }));
    await store.close();
    const cli = `"${process.execPath}" "${join(checkoutRoot(), 'dist/main/cli.js')}" history "${root}" --data "${data}"`;
    for (const form of ['', '--json', '--format jsonl', '--format csv']) {
      const seen = await shell(`(${cli} ${form}; echo "code $?" >&2) | head -n 2`);
      expect(seen.stdout.trimEnd().split('\n')).toHaveLength(2);
      expect(seen.stderr).toBe('code 0\n');
    }
    expect(await shell(`${cli} --json >&-`)).toMatchObject({ stdout: '', stderr: '' });
    const full = await shell(`${cli} --json >/dev/full; echo "code $?"`);
    expect(full.stdout).toBe('code 1\n');
    expect(full.stderr).toMatch(/^hotdeck: The output can’t be written: ENOSPC[^\n]*\n$/);
  });

  test.each([
    [[]],
    [['x', '--since', 'yesterday']],
    [['x', '--kind', 'dance']],
    [['x', '--since', '2025-02-30']],
    [['x', '--until', '25:00']],
    [['x', '--since', '14:03', '--until', '14:02']],
    [['x', '--format', 'csv', '--json']],
    [['x', '--export', 'f', '--format', 'xml']],
    [['x', '--export', 'f', '--json']],
    [['x', 'y']],
    [['']],
  ])('%j is bad use', async (args) => {
    expect(await hotdeck('history', ...args)).toMatchObject({ code: 2, stdout: '' });
  });
});
