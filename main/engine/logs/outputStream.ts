import type { Stream } from '../../../preload/contract.ts';

/** Someone who draws a stream, and says how far he is. */
export interface OutputClient {
  send(stream: Stream, data: string): void;
  replay(stream: Stream, data: string): void;
}

// Figures after VS Code's terminal: more than the upper one unread and the window falls behind for good.
const PAUSE_ABOVE_CHARS = 100_000;
const RESUME_BELOW_CHARS = 5_000;
const BATCH_MS = 5;
const REPLAY_CHARS = 2_000_000;

/**
 * A stream of terminal output: batched for the windows that show it, kept (the latest part) for those that come
 * later, and held back at its source while a window can't follow.
 */
export class OutputStream {
  readonly #name: Stream;
  readonly #clients = new Map<OutputClient, number>();
  readonly #kept: string[] = [];
  #keptChars = 0;
  #batch = '';
  #timer: NodeJS.Timeout | undefined;
  #source: { pause(): void; resume(): void } | null = null;
  #paused = false;

  constructor(name: Stream) {
    this.#name = name;
  }

  /** What can be held back while windows catch up; null for a source that ended or can't wait. */
  setSource(source: { pause(): void; resume(): void } | null): void {
    this.#source = source;
    this.#paused = false;
    this.#balance();
  }

  push(data: string): void {
    this.#keep(data);
    if (this.#clients.size === 0) return;
    this.#batch += data;
    this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const data = this.#batch;
    this.#batch = '';
    if (data === '') return;
    for (const [client, unread] of this.#clients) {
      this.#clients.set(client, unread + data.length);
      client.send(this.#name, data);
    }
    this.#balance();
  }

  attach(client: OutputClient): void {
    this.flush();
    const data = this.#kept.join('');
    this.#clients.set(client, data.length);
    client.replay(this.#name, data);
    this.#balance();
  }

  detach(client: OutputClient): void {
    this.#clients.delete(client);
    this.#balance();
  }

  /** Never below zero: a window that counts wrong must not stop the stream for ever. */
  acknowledge(client: OutputClient, chars: number): void {
    const unread = this.#clients.get(client);
    if (unread === undefined) return;
    this.#clients.set(client, Math.max(0, unread - chars));
    this.#balance();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#clients.clear();
    this.#source = null;
  }

  #keep(data: string): void {
    this.#kept.push(data);
    this.#keptChars += data.length;
    while (this.#keptChars > REPLAY_CHARS && this.#kept.length > 1) {
      this.#keptChars -= this.#kept.shift()?.length ?? 0;
    }
  }

  #balance(): void {
    const unread = Math.max(0, ...this.#clients.values());
    if (!this.#paused && unread > PAUSE_ABOVE_CHARS) {
      this.#paused = true;
      this.#source?.pause();
    } else if (this.#paused && unread < RESUME_BELOW_CHARS) {
      this.#paused = false;
      this.#source?.resume();
    }
  }
}
