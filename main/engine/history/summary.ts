import { basename } from 'node:path';
import type {
  HistoryEntry,
  HistoryOutcome,
  HistoryRecord,
  HistoryTone,
  ReloadRecord,
} from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { duration } from '#shared/duration.ts';

/** What a timeline shows of a record. */
export type Summary = Pick<HistoryEntry, 'kind' | 'outcome' | 'tone' | 'at' | 'took' | 'label'>;

export function summaryOf(record: HistoryRecord): Summary {
  const { kind, at } = record;
  const come = (outcome: HistoryOutcome, took: number | null, label: string): Summary => ({
    kind,
    outcome,
    tone: TONES[outcome],
    at,
    took,
    label,
  });
  switch (record.kind) {
    case 'edit':
      return come('edit', null, some(record.files));
    case 'build':
      return come(record.outcome, record.took, buildLabel(record.trigger.text, record.problems.errors));
    case 'reload':
      return come(record.verdict, record.took, reloadLabel(record));
    case 'server': {
      const { event, life, signal, code, pid } = record;
      if (event === 'start') return come(event, null, `process ${pid}`);
      if (event === 'ready') return come(event, null, life === null ? '' : `after ${duration(life)}`);
      if (event === 'unseen') return { ...come(event, life, `process ${pid}`), at: at - (life ?? 0) };
      const how = signal ?? (code === null ? '' : `exit code ${code}`);
      return { ...come(event, life, how), at: at - (life ?? 0) };
    }
  }
}

/** An entry that stands for one record. */
export const entryOf = (id: string, summary: Summary): HistoryEntry => ({
  id,
  ...summary,
  count: 1,
  wrong: isWrong(summary) ? 1 : 0,
});

const isWrong = ({ tone }: Pick<Summary, 'tone'>): boolean => tone === 'warning' || tone === 'bad';

/** When it was written into the history, about: what comes first when it is told. */
export const momentOf = ({ outcome, at, took }: Pick<Summary, 'outcome' | 'at' | 'took'>): number =>
  isEnd(outcome) ? at + (took ?? 0) : at;

/** Whether a server was over with it. */
const isEnd = (outcome: HistoryOutcome): boolean => ['stop', 'crash', 'unseen'].includes(outcome);

const TONES: Readonly<Record<HistoryOutcome, HistoryTone>> = {
  edit: 'quiet',
  ok: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  swapped: 'good',
  nothing: 'quiet',
  partial: 'warning',
  stuck: 'bad',
  refused: 'bad',
  crashed: 'bad',
  'timed out': 'bad',
  unproven: 'warning',
  ended: 'quiet',
  start: 'quiet',
  ready: 'good',
  stop: 'quiet',
  crash: 'bad',
  interrupted: 'warning',
  unseen: 'warning',
};

const buildLabel = (text: string, errors: number): string =>
  errors === 0 ? text : `${text}: ${count(errors, 'error')}`;

function reloadLabel({ number, swapped, plan }: ReloadRecord): string {
  const modules = swapped.length > 0 ? swapped : plan.unload;
  return `${number}: ${count(modules.length, 'module')}`;
}

/** The name of a file, and how many others there are. */
function some(files: readonly string[]): string {
  const [first = '', ...others] = files;
  return others.length === 0 ? first : `${basename(first)} and ${others.length} more`;
}
