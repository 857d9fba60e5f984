import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HistoryKind, HistoryKindSchema } from '../../preload/contract.ts';
import { exportHistory, type HistoryForm } from '../engine/history/exportHistory.ts';
import { HistoryStore } from '../engine/history/historyStore.ts';
import type { StoredRecord } from '../engine/history/tell.ts';
import { messageOf } from '../engine/result.ts';
import { workspaceId } from '../engine/session/workspaceId.ts';
import { dataFolder } from './dataFolder.ts';
import { historyLine } from './historyText.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';

interface Arguments {
  path: string;
  json: boolean;
  /** ms since the epoch. */
  since: number | null;
  kinds: HistoryKind[];
  /** Where to write it to; null to print it. */
  file: string | null;
  form: HistoryForm;
  data: string;
}

/** `hotdeck history WORKSPACE [--since DATE] [--kind KIND] [--json] [--export FILE [--format jsonl|csv]] [--data FOLDER]` */
export async function historyCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return badUse(parsed);
  // The history of a folder that is gone is still there.
  const root = resolve(parsed.path);
  const workspace = await realpath(root).catch(() => root);
  const troubles: string[] = [];
  const store = new HistoryStore({
    data: parsed.data,
    workspace: workspaceId(workspace),
    onFailure: ({ message }) => troubles.push(message),
  });
  try {
    const { since, kinds } = parsed;
    const records = store.records({
      ...(since !== null && { from: since }),
      ...(kinds.length > 0 && { kinds }),
    });
    const outcome = await (parsed.file === null ? print : save)(records, workspace, parsed);
    const [trouble] = troubles;
    if (trouble === undefined || outcome.kind !== 'printed') return outcome;
    return { kind: 'finding', message: trouble, text: outcome.text };
  } catch (error) {
    return { kind: 'finding', message: `The history can’t be read: ${messageOf(error)}.` };
  } finally {
    await store.close();
  }
}

async function print(
  records: AsyncIterable<StoredRecord>,
  workspace: string,
  { json }: Arguments,
): Promise<Outcome> {
  const lines: string[] = [];
  for await (const stored of records) {
    lines.push(json ? JSON.stringify({ id: stored.id, ...stored.record }) : historyLine(stored.record));
  }
  if (json) {
    const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
    return { kind: 'printed', text: `{"workspace":${JSON.stringify(workspace)},"records":${list}}` };
  }
  return {
    kind: 'printed',
    text: lines.length === 0 ? `Nothing is recorded of ${workspace}.` : lines.join('\n'),
  };
}

async function save(
  records: AsyncIterable<StoredRecord>,
  _: string,
  { file, form }: Arguments,
): Promise<Outcome> {
  const saved = await exportHistory(records, form, resolve(file ?? ''));
  if (!saved.ok) return findingOf(saved.failure);
  const { value } = saved;
  return { kind: 'printed', text: `${value === 1 ? 'One record' : `${value} records`} in ${file}.` };
}

function parse(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        since: { type: 'string' },
        kind: { type: 'string', multiple: true },
        export: { type: 'string' },
        format: { type: 'string' },
        data: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return 'history takes one WORKSPACE.';
    const since = values.since === undefined ? null : momentOf(values.since, Date.now());
    if (Number.isNaN(since)) {
      return `--since takes a date such as 2025-04-08 or 2025-04-08T14:00, or a time ago such as 2d, not ${values.since}.`;
    }
    const kinds = (values.kind ?? []).flatMap((list) => list.split(',')).map((kind) => kind.trim());
    const known = kinds.flatMap((kind) => HistoryKindSchema.safeParse(kind).data ?? []);
    if (known.length < kinds.length) return `--kind takes ${HistoryKindSchema.options.join(', ')}.`;
    const { export: file, format } = values;
    if (file === '') return '--export takes a file.';
    if (format !== undefined && file === undefined) return '--format goes with --export.';
    if (file !== undefined && values.json) return '--json prints; --export FILE --format jsonl saves.';
    const form = format ?? (file?.endsWith('.csv') === true ? 'csv' : 'jsonl');
    if (form !== 'jsonl' && form !== 'csv') return `--format is jsonl or csv, not ${form}.`;
    if (values.data === '') return '--data takes a folder.';
    const data = values.data === undefined ? dataFolder() : resolve(values.data);
    return { path, json: values.json, since, kinds: known, file: file ?? null, form, data };
  } catch (error) {
    return messageOf(error);
  }
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A date, with a time or without (the local one), or how long ago: `90m`, `2d`. NaN: neither. */
function momentOf(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return Number.NaN;
  // Without a time, Date takes a date for one in UTC.
  return Date.parse(text.length === 10 ? `${text}T00:00` : text);
}
