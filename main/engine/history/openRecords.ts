import type { HistoryKind, HistoryRecord } from '#shared/contract.ts';
import { summaryOf } from './summary.ts';
import { BEAT_MS } from './writerLife.ts';

/** What a writer has begun and not ended; while there is any, it has a sign of life given now and then. */
export class OpenRecords {
  readonly #beat: () => void;
  readonly #begun = new Map<string, HistoryKind>();
  #timer: NodeJS.Timeout | undefined;

  constructor(beat: () => void) {
    this.#beat = beat;
  }

  begin(record: HistoryRecord): void {
    this.#begun.set(keyOf(record), record.kind);
    this.#wait();
  }

  /** A record was written: what began then is over, unless that is but a moment of it. */
  note(record: HistoryRecord): void {
    if (summaryOf(record).took !== null && this.#begun.delete(keyOf(record))) this.#wait();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#begun.clear();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#begun.size === 0) return;
    const pause = Math.min(...[...this.#begun.values()].map((kind) => BEAT_MS[kind]));
    this.#timer = setTimeout(() => {
      this.#beat();
      this.#wait();
    }, pause);
    // It is no reason to go on.
    this.#timer.unref();
  }
}

const keyOf = (record: HistoryRecord): string => `${record.kind} ${summaryOf(record).at}`;
