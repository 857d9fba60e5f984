import { Worker } from 'node:worker_threads';
import { messageOf } from '../../result.ts';
import {
  type FromWorker,
  FromWorkerSchema,
  type QueryMessage,
  type SearchMessage,
  type ToWorker,
} from './messages.ts';

/** Why there is no answer. */
type Ended =
  | { why: 'stopped' }
  /** It said nothing for too long. */
  | { why: 'stuck' }
  | { why: 'broken'; message: string };

/** What the worker said last: the answer, or why there is none; or why it didn't come to that. */
export type Answer =
  | Extract<FromWorker, { type: 'scanned' | 'answer' | 'failed' }>
  | ({ type: 'ended' } & Ended);

const STOPPED: Answer = { type: 'ended', why: 'stopped' };

export interface AskOptions {
  /** Whether a worker that says nothing for some seconds is stuck. */
  impatient: boolean;
  signal: AbortSignal | undefined;
  onMessage(message: FromWorker): void;
}

const PATIENCE_MS = 3000;
const STOP_MS = 200;

const MOST_WORKERS = 3;

/** Some workers that answer one question each at a time. */
export class WorkerPool {
  readonly #file: URL;
  readonly #busy = new Set<Worker>();
  readonly #waiting: (() => void)[] = [];
  #idle: Worker | null = null;
  #closed = false;

  constructor(file: URL) {
    this.#file = file;
  }

  /** Has a worker ready for who asks next; it takes 100 ms to start one. */
  warmUp(): void {
    if (!this.#closed && this.#idle === null && this.#busy.size === 0) this.#keep(this.#newWorker());
  }

  async ask(question: SearchMessage | QueryMessage, options: AskOptions): Promise<Answer> {
    while (this.#busy.size >= MOST_WORKERS) await new Promise<void>((go) => this.#waiting.push(go));
    if (this.#closed || options.signal?.aborted) {
      this.#waiting.shift()?.();
      return STOPPED;
    }
    const worker = this.#take();
    const answer = await converse(worker, question, options);
    this.#busy.delete(worker);
    this.#waiting.shift()?.();
    if (answer.type === 'ended' || this.#closed || this.#idle !== null) await worker.terminate();
    else this.#keep(worker);
    return this.#closed && answer.type === 'ended' ? STOPPED : answer;
  }

  /** Ends all workers; those who ask are told that they were stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#busy, ...(this.#idle === null ? [] : [this.#idle])];
    this.#idle = null;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #take(): Worker {
    const worker = this.#idle ?? this.#newWorker();
    this.#idle = null;
    this.#busy.add(worker);
    return worker;
  }

  #keep(worker: Worker): void {
    this.#idle = worker;
    // It must not keep the process alive, and may end whenever it likes.
    worker.unref();
  }

  #newWorker(): Worker {
    const worker = new Worker(this.#file);
    worker.on('error', (error) => errors.set(worker, error));
    worker.once('exit', () => {
      if (this.#idle === worker) this.#idle = null;
    });
    return worker;
  }
}

/** What ended workers that nobody ended. */
const errors = new WeakMap<Worker, unknown>();

/** One question and what comes back. */
function converse(
  worker: Worker,
  question: ToWorker,
  { impatient, signal, onMessage }: AskOptions,
): Promise<Answer> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const giveUpIn = (ms: number, why: 'stopped' | 'stuck'): void => {
      clearTimeout(timer);
      timer = setTimeout(() => end({ type: 'ended', why }), ms);
    };
    const stop = (): void => {
      worker.postMessage({ type: 'stop' } satisfies ToWorker);
      giveUpIn(STOP_MS, 'stopped');
    };
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      worker.off('message', take).off('exit', onExit);
      resolve(answer);
    };
    const onExit = (): void => {
      const message = errors.has(worker) ? messageOf(errors.get(worker)) : 'its worker ended';
      end({ type: 'ended', why: 'broken', message });
    };
    const take = (data: unknown): void => {
      const said = FromWorkerSchema.parse(data);
      if (said.type === 'scanned' || said.type === 'answer' || said.type === 'failed') {
        end(said);
      } else if (!signal?.aborted) {
        if (impatient) giveUpIn(PATIENCE_MS, 'stuck');
        onMessage(said);
      }
    };
    worker.on('message', take).on('exit', onExit);
    signal?.addEventListener('abort', stop);
    worker.ref();
    worker.postMessage(question);
  });
}
