import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { count } from '#shared/count.ts';
import { csvHead, csvLine } from '../engine/history/csv.ts';
import { exportHistory, jsonLine } from '../engine/history/exportHistory.ts';
import { HistoryStore } from '../engine/history/historyStore.ts';
import type { StoredRecord } from '../engine/history/readRecords.ts';
import { messageOf } from '../engine/result.ts';
import { workspaceId } from '../engine/workspace/workspaceId.ts';
import { type HistoryArguments, parseHistory } from './historyArguments.ts';
import { historyLine } from './historyText.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';
import { realRoot } from './workspace.ts';

/**
 * `hotdeck history WORKSPACE [--since TIME] [--until TIME] [--kind KIND] [--json] [--format jsonl|csv] [--export FILE]
 * [--data FOLDER]`
 */
export async function historyCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parseHistory(args, Date.now());
  if (typeof parsed === 'string') return badUse(parsed);
  const { data, range, file, form } = parsed;
  const root = await realRoot(parsed.path);
  const workspace = await recordedRoot(data.folder, root);
  if (data.isGiven && !(await isFolder(data.folder))) return noFolder(data.folder);
  // The history of a folder that is gone is still there.
  if (workspace === null && !(await isFolder(root))) return noFolder(root);
  const troubles: string[] = [];
  const store = new HistoryStore({
    data: data.folder,
    workspace: workspaceId(workspace ?? root),
    onFailure: ({ message }) => troubles.push(message),
  });
  const records = store.records(range);
  if (file !== null) {
    const saved = await exportHistory(records, form === 'csv' ? 'csv' : 'jsonl', resolve(file));
    await store.close();
    if (!saved.ok) return findingOf(saved.failure);
    const written = count(saved.value, 'record');
    const [trouble] = troubles;
    const text = `${written} in ${file}.`;
    return trouble === undefined ? { kind: 'printed', text } : { kind: 'finding', message: trouble, text };
  }
  return {
    kind: 'pieces',
    pieces: closing(store, piecesOf(records, workspace ?? root, parsed, troubles)),
    troubles,
  };
}

/** All that is printed; the store is closed behind it, also where nobody wants the rest. */
async function* closing(store: HistoryStore, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* pieces;
  } catch (error) {
    throw new Error(`The history can’t be read: ${messageOf(error)}.`);
  } finally {
    await store.close();
  }
}

async function* piecesOf(
  records: AsyncIterable<StoredRecord>,
  workspace: string,
  { form, isFiltered }: HistoryArguments,
  troubles: readonly string[],
): AsyncGenerator<string> {
  let printed = 0;
  if (form === 'csv') yield csvHead();
  for await (const stored of records) {
    if (form === 'json')
      yield `${printed === 0 ? jsonHead(workspace) : ','}\n${JSON.stringify({ id: stored.id, ...stored.record })}`;
    else if (form === 'text') yield `${historyLine(stored.record)}\n`;
    else yield form === 'csv' ? csvLine(stored) : jsonLine(stored);
    printed += 1;
  }
  if (form === 'json') yield printed === 0 ? `${jsonHead(workspace)}]}\n` : '\n]}\n';
  if (form === 'text' && printed === 0 && troubles.length === 0)
    yield `${isFiltered ? 'No matching records' : 'Nothing is recorded'} for ${workspace}.\n`;
}

const jsonHead = (workspace: string): string => `{"workspace":${JSON.stringify(workspace)},"records":[`;

/** The folder itself, or the next one above it, of which anything was ever recorded; null: there is none. */
async function recordedRoot(data: string, root: string): Promise<string | null> {
  for (let folder = root; ; folder = dirname(folder)) {
    if (await isFolder(join(data, 'history', workspaceId(folder)))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const noFolder = (path: string): Outcome => ({ kind: 'finding', message: `There is no folder ${path}.` });
