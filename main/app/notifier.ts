import type { NewsKind } from '#shared/contract.ts';
import type { News } from '../engine/protocol.ts';

export interface NotifierOptions {
  /** Whether the user looks at a window of the app: then nothing is told. */
  isLookedAt(): boolean;
  /** Whether the user wants to be told about this kind. */
  wants(kind: NewsKind): boolean;
  /** Shows a notification; `onClick` when it is clicked. */
  show(news: News, onClick: () => void): { close(): void };
  /** Brings the window to the front, and this tab. */
  open(tab: News['tab']): void;
}

/** Two of a kind do not come closer than this; of more, the latest comes. In ms. */
export const APART_MS = 10_000;

interface Told {
  at: number;
  shown: { close(): void } | null;
  /** What waits for its time. */
  waiting: { news: News; timer: NodeJS.Timeout } | null;
}

/** Tells the user of what happens while no window is in front: one notification of each kind, which the next replaces. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #told = new Map<NewsKind, Told>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** @param news null: what was told about this kind is no longer so. */
  tell(kind: NewsKind, news: News | null): void {
    const told = this.#told.get(kind) ?? { at: Number.NEGATIVE_INFINITY, shown: null, waiting: null };
    this.#told.set(kind, told);
    clearTimeout(told.waiting?.timer);
    told.waiting = null;
    if (news === null) {
      close(told);
      return;
    }
    const wait = told.at + APART_MS - performance.now();
    if (wait <= 0) this.#show(kind, told, news);
    else told.waiting = { news, timer: setTimeout(() => this.#show(kind, told, news), wait) };
  }

  /** The user looks at a window: there all of it can be seen. */
  seen(): void {
    for (const told of this.#told.values()) {
      clearTimeout(told.waiting?.timer);
      told.waiting = null;
      close(told);
    }
  }

  #show(kind: NewsKind, told: Told, news: News): void {
    const { isLookedAt, wants, show, open } = this.#options;
    told.waiting = null;
    close(told);
    if (isLookedAt() || !wants(kind)) return;
    told.at = performance.now();
    told.shown = show(news, () => open(news.tab));
  }
}

function close(told: Told): void {
  told.shown?.close();
  told.shown = null;
}
