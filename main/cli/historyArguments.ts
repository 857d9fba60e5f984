import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HistoryKind, HistoryKindSchema } from '#shared/contract.ts';
import { isoDay } from '#shared/time.ts';
import type { HistoryForm } from '../engine/history/exportHistory.ts';
import { messageOf } from '../engine/result.ts';
import { dataFolder } from './dataFolder.ts';

export interface HistoryArguments {
  path: string;
  /** `text`: a line for each, for people; `json`: all as one. */
  form: HistoryForm | 'text' | 'json';
  /** ms since the epoch. */
  range: { from?: number; to?: number; kinds?: HistoryKind[] };
  isFiltered: boolean;
  /** Where to write it to; null to print it. */
  file: string | null;
  data: { folder: string; isGiven: boolean };
}

const TIMES = 'a time such as 2025-04-08, 2025-04-08T14:00 or 14:03, or an age such as 90m or 2d';

/** What was asked for; or what is wrong with that, as a sentence. @param now ms since the epoch. */
export function parseHistory(args: readonly string[], now: number): HistoryArguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        since: { type: 'string' },
        until: { type: 'string' },
        kind: { type: 'string', multiple: true },
        export: { type: 'string' },
        format: { type: 'string' },
        data: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || path === '' || positionals.length > 1) return 'history takes one WORKSPACE.';
    const from = values.since === undefined ? undefined : momentOf(values.since, now, 'first');
    if (Number.isNaN(from)) return `--since takes ${TIMES}, not ${values.since}.`;
    const to = values.until === undefined ? undefined : momentOf(values.until, now, 'last');
    if (Number.isNaN(to)) return `--until takes ${TIMES}, not ${values.until}.`;
    if (from !== undefined && to !== undefined && to < from) return '--until is before --since.';
    const kinds = (values.kind ?? []).flatMap((list) => list.split(',')).map((kind) => kind.trim());
    const known = kinds.flatMap((kind) => HistoryKindSchema.safeParse(kind).data ?? []);
    if (known.length < kinds.length) return `--kind takes ${HistoryKindSchema.options.join(', ')}.`;
    const { export: file, format, json } = values;
    if (file === '') return '--export takes a file.';
    if (file !== undefined && json)
      return "--json can't be combined with --export. Use --export FILE --format jsonl.";
    if (format !== undefined && json) return "--json and --format can't be combined.";
    if (format !== undefined && format !== 'jsonl' && format !== 'csv')
      return `--format takes jsonl or csv, not ${format}.`;
    const saved = file?.toLowerCase().endsWith('.csv') === true ? 'csv' : 'jsonl';
    const printed = json ? 'json' : 'text';
    if (values.data === '') return '--data takes a folder.';
    const isGiven = values.data !== undefined;
    return {
      path,
      form: format ?? (file === undefined ? printed : saved),
      range: {
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(known.length > 0 && { kinds: known }),
      },
      isFiltered: from !== undefined || to !== undefined || known.length > 0,
      file: file ?? null,
      data: { folder: values.data === undefined ? dataFolder() : resolve(values.data), isGiven },
    };
  } catch (error) {
    return messageOf(error);
  }
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A date, with a time or without, or a time of today (local ones), or how long ago: `90m`, `2d`. NaN: none of these.
 * @param which of a day, a minute or a second that is all that is said: its first ms, or its last.
 */
function momentOf(text: string, now: number, which: 'first' | 'last'): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const [, day, time = '', second, zone = ''] =
    /^(\d{4}-\d\d-\d\d)?(?:(?:^|[T ])(\d\d?:\d\d(:\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? [];
  if (day === undefined && time === '') return Number.NaN;
  const clock = time === '' ? '00:00' : time.indexOf(':') === 1 ? `0${time}` : time;
  const at = Date.parse(`${day ?? isoDay(now)}T${clock}${zone}`);
  if (Number.isNaN(at) || (zone === '' && day !== undefined && isoDay(at) !== day)) return Number.NaN;
  if (which === 'first' || second?.includes('.') === true) return at;
  if (second !== undefined) return at + 999;
  if (time !== '') return at + 59_999;
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime() - 1;
}
