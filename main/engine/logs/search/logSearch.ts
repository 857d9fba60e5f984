/**
 * Looks into the runs on disk, in a worker thread: the event loop of whoever asks is never held up, and a pattern that
 * would take for ever on some line is ended with its thread.
 *
 * A search goes through a whole run. Text is looked for in the bytes as they are, so that it goes about as fast as they
 * can be read; where a chunk holds colors, with a pattern that lets them stand between any two characters. So are texts
 * that a regular expression can't match without; lines with them are then looked at one by one. Where there are none, or
 * many lines with them, or other escape sequences, the text of many lines is made at once, without the sequences, and looked
 * through with a pattern that keeps to the lines (regexSource.ts). A line over 64 KB comes in pieces (store/), each a line
 * here: text is found across their borders, a regular expression is not.
 *
 * A query pages through a run's records by level, target and pattern. Both see what is on disk when they begin.
 *
 * The worker (worker.ts) is a file of its own: the build has to make it, and whoever makes a `LogSearch` says where it is.
 */
import { failed, type Result, success } from '../../result.ts';
import type { Hit } from './found.ts';
import { compilePattern, type SearchPattern } from './pattern.ts';
import type { Query, QueryAnswer } from './queryRun.ts';
import type { Scanned } from './scanRun.ts';
import { type Answer, WorkerPool } from './workerPool.ts';

export interface SearchRequest {
  /** The folder of the workspace's runs, and the run. */
  folder: string;
  run: string;
  pattern: SearchPattern;
  /** The offset of a line to begin with, such as `Scanned.offset` of a search before; 0. */
  from?: number;
  /** So many hits are given, those behind are counted only; 5000. */
  most?: number;
}

export interface SearchListener {
  /** Hits in the order of the run, some at a time. */
  onHits(hits: Hit[]): void;
  /** How far it is, as an offset; every 50 ms or so. */
  onProgress?(offset: number): void;
  signal?: AbortSignal;
}

export interface QueryRequest extends Query {
  folder: string;
  run: string;
}

export interface NearRequest extends Pick<SearchRequest, 'folder' | 'run' | 'pattern' | 'most'> {
  line: number;
}

export interface HitsNear {
  /** How many hits there are before the first of these. */
  first: number;
  hits: Hit[];
}

const MOST_HITS = 5000;

export class LogSearch {
  readonly #pool: WorkerPool;

  /** @param file the worker's program, made from worker.ts. */
  constructor(file: URL) {
    this.#pool = new WorkerPool(file);
  }

  /**
   * Errors: those of `compilePattern` and of `RunReader`, `search-stuck` (the pattern takes too long on a line) and
   * `search-broken` (the worker ended). One that is stopped by its signal is none: its result says so.
   */
  async search(request: SearchRequest, listener: SearchListener): Promise<Result<Scanned>> {
    const { pattern, folder, run, from = 0, most = MOST_HITS } = request;
    const compiled = compilePattern(pattern);
    if (!compiled.ok) return compiled;
    const answer = await this.#pool.ask(
      { type: 'search', folder, run, pattern, from, most, near: null },
      {
        impatient: pattern.regex,
        signal: listener.signal,
        onMessage: (message) => {
          if (message.type === 'progress') listener.onProgress?.(message.offset);
          else if (message.type === 'hits') listener.onHits(message.hits);
        },
      },
    );
    if (answer.type === 'scanned') {
      const { count, offset, stopped } = answer.scanned;
      return success({ count, offset, stopped });
    }
    const stopped = answer.type === 'ended' && answer.why === 'stopped';
    return stopped ? success({ count: 0, offset: from, stopped }) : failureOf(answer);
  }

  /**
   * The hits that are nearest to a line, on both sides: where there are more than a search gives.
   * Errors: as of `search`, and `search-stopped` where its signal, or `close`, stopped it.
   */
  async hitsNear(
    { folder, run, pattern, line, most = MOST_HITS }: NearRequest,
    signal?: AbortSignal,
  ): Promise<Result<HitsNear>> {
    const compiled = compilePattern(pattern);
    if (!compiled.ok) return compiled;
    const hits: Hit[] = [];
    const answer = await this.#pool.ask(
      { type: 'search', folder, run, pattern, from: 0, most, near: line },
      {
        impatient: pattern.regex,
        signal,
        onMessage: (message) => {
          if (message.type === 'hits') hits.push(...message.hits);
        },
      },
    );
    if (answer.type !== 'scanned' || answer.scanned.stopped) {
      return failureOf(answer.type === 'scanned' ? { type: 'ended', why: 'stopped' } : answer);
    }
    return success({ first: answer.scanned.first, hits });
  }

  /** One page of records. Errors: as of `search`, and `search-stopped` where its signal, or `close`, stopped it. */
  async query(request: QueryRequest, signal?: AbortSignal): Promise<Result<QueryAnswer>> {
    const { folder, run, filter, from, direction, limit } = request;
    const compiled = filter.pattern === null ? null : compilePattern(filter.pattern);
    if (compiled?.ok === false) return compiled;
    const answer = await this.#pool.ask(
      { type: 'query', folder, run, filter, from, direction, limit },
      { impatient: filter.pattern?.regex ?? false, signal, onMessage: () => {} },
    );
    return answer.type === 'answer' ? success(answer.answer) : failureOf(answer);
  }

  /** Somebody is about to ask. */
  warmUp(): void {
    this.#pool.warmUp();
  }

  /** Ends all that is under way. */
  close(): Promise<void> {
    return this.#pool.close();
  }
}

const STUCK = failed(
  'search-stuck',
  'The search was stopped: this pattern takes too long on some line.',
  'Avoid nested repetitions such as (a+)+.',
);

function failureOf(answer: Answer): ReturnType<typeof failed> {
  if (answer.type === 'failed') return { ok: false, failure: answer.failure };
  const why = answer.type === 'ended' ? answer.why : 'broken';
  if (why === 'stuck') return STUCK;
  if (why === 'stopped') return failed('search-stopped', 'The search was stopped.');
  const message =
    answer.type === 'ended' && answer.why === 'broken' ? answer.message : 'an answer to another question';
  return failed('search-broken', `The search failed: ${message}.`);
}
