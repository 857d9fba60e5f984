import type { Stream } from '#shared/contract.ts';
import { type HoldReason, Holds, type Source } from './holds.ts';
import { OutputHistory } from './outputHistory.ts';

/** A window, as a stream sees it: it is sent text, and acknowledges what it has drawn. */
export interface OutputClient {
  send(stream: Stream, data: string): void;
  /** Everything again: what it had before is void. */
  replay(stream: Stream, data: string): void;
}

// A window reads a million characters in some 60 ms, and draws between two lots: this keeps it and the source busy, and
// what is typed meanwhile gets its answer in less than a tenth of a second.
const PAUSE_ABOVE_CHARS = 1_000_000;
const RESUME_BELOW_CHARS = 500_000;
const BATCH_MS = 5;
const KEPT_CHARS = 2_000_000;

/** Where a window stands that shows the stream, or has shown it. */
interface View {
  shown: boolean;
  /** Up to here it was sent everything. */
  place: number;
  /** Sent and not acknowledged yet, in characters. */
  unread: number;
}

/**
 * A stream of terminal output: batched for the windows that show it, kept (the latest part) for those that come or
 * look later, and held back at its source while a window can't follow. A window that can't follow is sent no more
 * than it can take, even where the source can't wait; it then gets the latest part again.
 */
export class OutputStream {
  readonly #name: Stream;
  readonly #views = new Map<OutputClient, View>();
  readonly #history = new OutputHistory(KEPT_CHARS);
  readonly #holds = new Holds();
  #timer: NodeJS.Timeout | undefined;
  #behind = false;

  constructor(name: Stream) {
    this.#name = name;
  }

  /** What can be held back while windows catch up; null for a source that ended or can't wait. */
  setSource(source: Source | null): void {
    this.#holds.setSource(source);
  }

  /** Another reason to hold the source back, or no longer. */
  hold(reason: Exclude<HoldReason, 'window'>, on: boolean): void {
    this.#holds.set(reason, on);
  }

  push(data: string): void {
    this.#history.push(data);
    for (const view of this.#views.values()) {
      if (!view.shown) continue;
      this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
      return;
    }
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [client, view] of this.#views) if (view.shown) this.#feed(client, view);
    this.#balance();
  }

  /** The window shows this stream from now on: it gets what it has missed, or everything that is kept. */
  show(client: OutputClient): void {
    const view = this.#views.get(client);
    if (view?.shown) return;
    if (view === undefined) this.#replay(client);
    else {
      view.shown = true;
      this.#feed(client, view);
    }
    this.#balance();
  }

  /** The window does not show it for now, so it costs nothing. */
  hide(client: OutputClient): void {
    const view = this.#views.get(client);
    if (view === undefined) return;
    view.shown = false;
    this.#balance();
  }

  /** The window is gone. */
  detach(client: OutputClient): void {
    this.#views.delete(client);
    this.#balance();
  }

  /** Never below zero: a window that counts wrong must not stop the stream for ever. */
  acknowledge(client: OutputClient, chars: number): void {
    const view = this.#views.get(client);
    if (view === undefined) return;
    view.unread = Math.max(0, view.unread - chars);
    if (view.shown && view.unread < RESUME_BELOW_CHARS) this.#feed(client, view);
    this.#balance();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#views.clear();
    this.#holds.setSource(null);
  }

  #feed(client: OutputClient, view: View): void {
    if (view.unread > PAUSE_ABOVE_CHARS) return;
    const data = this.#history.since(view.place);
    if (data === null) this.#replay(client);
    if (data === null || data === '') return;
    view.place = this.#history.end;
    view.unread += data.length;
    client.send(this.#name, data);
  }

  #replay(client: OutputClient): void {
    const data = this.#history.all();
    const unread = (this.#views.get(client)?.unread ?? 0) + data.length;
    this.#views.set(client, { shown: true, place: this.#history.end, unread });
    client.replay(this.#name, data);
  }

  /** Holds the source back while a window that shows the stream has too much to draw, until it has little. */
  #balance(): void {
    let most = 0;
    for (const { shown, unread, place } of this.#views.values()) {
      if (shown) most = Math.max(most, unread + this.#history.end - place);
    }
    if (most > PAUSE_ABOVE_CHARS) this.#behind = true;
    else if (most < RESUME_BELOW_CHARS) this.#behind = false;
    this.#holds.set('window', this.#behind);
  }
}
