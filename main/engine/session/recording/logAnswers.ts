import type { Answer, LevelCounts, LogRecord, LogRun, QuestionParams } from '#shared/contract.ts';
import { type ExportForm, exportRun } from '../../logs/exportRun.ts';
import { LEVELS } from '../../logs/records/record.ts';
import type { StoredRecord } from '../../logs/search/blockRecords.ts';
import type { LogSearch } from '../../logs/search/logSearch.ts';
import type { LogStore } from '../../logs/store/logStore.ts';
import type { RunInfo } from '../../logs/store/runs.ts';
import { failed, type Result, success } from '../../result.ts';

/** More than anybody looks through; the rest stays on disk until it is too old. */
const MOST_RUNS = 300;

const NO_LOGS = failed('no-logs', 'Logs are not stored here.');

/** Answers what windows ask about stored logs. */
export class LogAnswers {
  readonly #store: LogStore | null;
  readonly #search: LogSearch;

  constructor(store: LogStore | null, search: LogSearch) {
    this.#store = store;
    this.#search = search;
  }

  async logRuns(): Promise<Result<Answer<'logRuns'>>> {
    // Who asks this will look into one of them.
    if (this.#store !== null) this.#search.warmUp();
    return success((await this.#store?.runs(MOST_RUNS))?.map(runOf) ?? []);
  }

  /** Copies a run to a file. */
  async export(run: string, form: ExportForm, path: string): Promise<Result<null>> {
    const opened = (await this.#store?.open(run)) ?? NO_LOGS;
    if (!opened.ok) return opened;
    const result = await exportRun(opened.value, form, path);
    await opened.value.close();
    return result;
  }

  /** Hits on both sides of a line. Errors: those of `LogSearch.hitsNear`. */
  async logHits({ run, pattern, line }: QuestionParams<'logHits'>): Promise<Result<Answer<'logHits'>>> {
    if (this.#store === null) return NO_LOGS;
    const near = await this.#search.hitsNear({ folder: this.#store.folder, run, pattern, line });
    if (!near.ok) return near;
    const { first, hits } = near.value;
    return success({ first, hits: hits.map(({ line: at, spans }) => ({ line: at, spans })) });
  }

  /** A page of records. Errors: those of `LogSearch.query`. */
  async readLog(question: QuestionParams<'readLog'>): Promise<Result<Answer<'readLog'>>> {
    if (this.#store === null) return NO_LOGS;
    const answer = await this.#search.query({ folder: this.#store.folder, ...question });
    if (!answer.ok) return answer;
    const { records, next, endLine } = answer.value;
    return success({ records: records.map(recordOf), next, endLine });
  }
}

const runOf = ({ levels, marks, ...info }: RunInfo): LogRun => ({
  ...info,
  levels: countsOf(levels),
  marks: marks.map(({ kind, number, label, time, line }) => ({ kind, number, label, time, line })),
});

function recordOf({ line, arrived, raw, record }: StoredRecord): LogRecord {
  const { format: _, text: __, ...parts } = record;
  return { line, arrived, raw, ...parts };
}

/** Counts that stand in the order of the levels, by their names. */
export function countsOf(counts: readonly number[]): LevelCounts {
  const [trace = 0, debug = 0, info = 0, warn = 0, error = 0] = LEVELS.map((_, i) => counts[i] ?? 0);
  return { trace, debug, info, warn, error };
}
