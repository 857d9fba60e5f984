/**
 * Searches the bytes of a run on disk for text or a regular expression, in a worker thread: the event loop of whoever
 * asks is never held up, and a pattern that would take for ever on some line is ended with its thread.
 *
 * Text is looked for in the bytes as they are, so that it goes about as fast as they can be read; where a chunk holds
 * colours, with a pattern that lets them stand between any two characters. A regular expression, and text with other
 * escape sequences around it, is looked for line by line, in the text without them. A line over 64 KB comes in pieces
 * (store/), each a line here: text is found across their borders, a regular expression is not.
 *
 * The worker (worker.ts) is a file of its own: the build has to make it, and whoever makes a `LogSearch` says where it is.
 */
import { Worker } from 'node:worker_threads';
import { failed, messageOf, type Result, success } from '../../result.ts';
import { FromWorkerSchema, type SearchMessage, type ToWorker } from './messages.ts';
import { compilePattern, type SearchPattern } from './pattern.ts';
import type { Hit } from './scanChunk.ts';
import type { Scanned } from './scanRun.ts';

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

const MOST_HITS = 5000;
/** A pattern that says nothing for so long is stuck on a line. */
const PATIENCE_MS = 3000;
const STOP_MS = 200;

export class LogSearch {
  readonly #file: URL;
  readonly #busy = new Set<Worker>();
  #idle: Worker | null = null;
  #closed = false;

  /** @param file the worker's program, made from worker.ts. */
  constructor(file: URL) {
    this.#file = file;
  }

  /**
   * Errors: those of `compilePattern` and of `RunReader`, `search-stuck` (the pattern takes too long on a line) and
   * `search-broken` (the worker ended). One that is stopped by its signal is none: its result says so.
   */
  async search(request: SearchRequest, listener: SearchListener): Promise<Result<Scanned>> {
    const { pattern, folder, run, from = 0, most = MOST_HITS } = request;
    const compiled = compilePattern(pattern);
    if (!compiled.ok) return compiled;
    const nothing = success({ count: 0, offset: from, stopped: true });
    if (this.#closed || listener.signal?.aborted) return nothing;
    const worker = this.#take();
    const message: SearchMessage = { type: 'search', folder, run, pattern, from, most };
    const { result, ended } = await converse(worker, message, listener);
    this.#busy.delete(worker);
    if (ended || this.#closed || this.#idle !== null) await worker.terminate();
    else this.#keep(worker);
    return result ?? (listener.signal?.aborted || this.#closed ? nothing : STUCK);
  }

  /** Ends all searches. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#busy, ...(this.#idle === null ? [] : [this.#idle])].map((each) => each.terminate()),
    );
    this.#idle = null;
  }

  #take(): Worker {
    const worker = this.#idle ?? newWorker(this.#file);
    this.#idle = null;
    this.#busy.add(worker);
    return worker;
  }

  #keep(worker: Worker): void {
    this.#idle = worker;
    // It must not keep the process alive, and may end whenever it likes.
    worker.unref();
    worker.once('exit', () => {
      if (this.#idle === worker) this.#idle = null;
    });
  }
}

const STUCK = failed(
  'search-stuck',
  'This pattern takes too long on some line, so the search was given up.',
  'Nested repetitions such as (a+)+ do that: write it without them.',
);

const errors = new WeakMap<Worker, unknown>();

function newWorker(file: URL): Worker {
  const worker = new Worker(file);
  worker.on('error', (error) => errors.set(worker, error));
  return worker;
}

/** Why a worker ended by itself; null: it was ended. */
const brokenBy = (worker: Worker): Result<Scanned> | null =>
  errors.has(worker)
    ? failed('search-broken', `The search broke off: ${messageOf(errors.get(worker))}.`)
    : null;

interface Answer {
  /** Null: it was given up. */
  result: Result<Scanned> | null;
  /** The worker is of no more use. */
  ended: boolean;
}

/** One search. */
function converse(worker: Worker, message: SearchMessage, listener: SearchListener): Promise<Answer> {
  const { signal } = listener;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const giveUpIn = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => end(null, true), ms);
    };
    const stop = (): void => {
      worker.postMessage({ type: 'stop' } satisfies ToWorker);
      giveUpIn(STOP_MS);
    };
    const end = (result: Answer['result'], ended = false): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      worker.off('message', onMessage).off('exit', onExit);
      resolve({ result, ended });
    };
    const onExit = (): void => end(brokenBy(worker), true);
    const onMessage = (data: unknown): void => {
      const said = FromWorkerSchema.parse(data);
      if (said.type === 'end') end(success(said.scanned));
      else if (said.type === 'failed') end({ ok: false, failure: said.failure });
      else if (!signal?.aborted) {
        // Text is found in time that grows with the log only; there, it is the disk that takes long.
        if (message.pattern.regex) giveUpIn(PATIENCE_MS);
        if (said.type === 'progress') listener.onProgress?.(said.offset);
        else listener.onHits(said.hits);
      }
    };
    worker.on('message', onMessage).on('exit', onExit);
    signal?.addEventListener('abort', stop);
    worker.ref();
    worker.postMessage(message);
  });
}
