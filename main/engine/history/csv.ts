import type { HistoryRecord } from '#shared/contract.ts';
import type { StoredRecord } from './readRecords.ts';
import { summaryOf } from './summary.ts';

type Cell = string | number | null;

/** The columns, and what stands there of a record; null where it has no such thing. */
const COLUMNS: readonly (readonly [name: string, (record: HistoryRecord) => Cell])[] = [
  ['kind', ({ kind }) => kind],
  ['at', ({ at }) => new Date(at).toISOString()],
  ['outcome', (record) => summaryOf(record).outcome],
  ['took_ms', (record) => ('took' in record ? record.took : null)],
  ['number', (record) => (record.kind === 'reload' ? record.number : null)],
  ['cause', causeOf],
  ['files', (record) => filesOf(record).join(' ')],
  ['modules', (record) => modulesOf(record).join(' ')],
  ['errors', (record) => (record.kind === 'build' ? record.problems.errors : null)],
  ['warnings', (record) => (record.kind === 'build' ? record.problems.warnings : null)],
  ['compiled', (record) => (record.kind === 'build' ? record.compiled.length : null)],
  ['fresh', (record) => (record.kind === 'build' ? record.fresh.length : null)],
  ['link_ms', (record) => (record.kind === 'build' ? record.link : null)],
  ['drain_ms', (record) => (record.kind === 'reload' ? record.drain : null)],
  ['first_answer_ms', (record) => (record.kind === 'reload' ? record.firstAnswer : null)],
  ['saved', (record) => (record.kind === 'reload' ? moment(record.saved) : null)],
  ['pid', (record) => (record.kind === 'server' ? record.pid : null)],
  ['exit_code', (record) => (record.kind === 'server' ? record.code : null)],
  ['signal', (record) => (record.kind === 'server' ? record.signal : null)],
  ['life_ms', (record) => (record.kind === 'server' ? record.life : null)],
  ['message', (record) => ('message' in record ? record.message : null)],
  ['log', ({ run }) => run],
  ['log_line', ({ line }) => line],
  // Last, so that the columns before it stay where they were.
  ['waited_ms', (record) => ('waited' in record ? record.waited : null)],
];

/** The first line (RFC 4180, with a line feed alone). */
export const csvHead = (): string => `${['id', ...COLUMNS.map(([name]) => name)].join()}\n`;

export const csvLine = ({ id, record }: StoredRecord): string =>
  `${[id, ...COLUMNS.map(([, cell]) => cell(record))].map(quoted).join()}\n`;

const quoted = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What set it off. */
function causeOf(record: HistoryRecord): string | null {
  if (record.kind === 'build') return record.trigger.kind;
  return record.kind === 'reload' ? record.cause : null;
}

/** The edited files that it is about. */
function filesOf(record: HistoryRecord): readonly string[] {
  if (record.kind === 'build') return record.trigger.files;
  return record.kind === 'server' ? [] : record.files;
}

/** The modules that were rebuilt, swapped or edited. */
function modulesOf(record: HistoryRecord): readonly string[] {
  if (record.kind === 'build') return record.rebuilt;
  if (record.kind === 'reload') return record.swapped;
  return record.kind === 'edit' ? record.owners : [];
}
