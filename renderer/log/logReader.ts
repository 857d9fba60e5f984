import type { Answered, Failure, LogFilter, QuestionParams } from '#shared/contract.ts';
import { errorText } from '../state/noAnswer.ts';
import {
  append,
  type LogPages,
  lastPage,
  MOST_FOLLOWED,
  MOST_RECORDS,
  type Page,
  pageBefore,
  prepend,
} from './logPages.ts';

export interface ReaderState {
  /** Null before anything was read. */
  readonly pages: LogPages | null;
  /** What the pages hold. */
  readonly filter: LogFilter;
  /** Counts how often the log was opened at a place: the list begins again there. */
  readonly opened: number;
  /** The line that it was opened at; null: the end. */
  readonly at: number | null;
  readonly busy: 'no' | 'opening' | 'older' | 'newer';
  /** Why the log can't be read. */
  readonly failure: Failure | null;
  /** Why the wanted filter is none; the pages are those of the one before. */
  readonly badPattern: Failure | null;
}

export interface ReaderOptions {
  readonly run: string;
  ask(params: QuestionParams<'readLog'>): Promise<Answered<'readLog'>>;
  onState(state: ReaderState): void;
}

/** Records in one answer. */
const PAGE = 200;
const GROWTH_PAGE = 500;
/** A log is opened with so many on each side, if there are. */
const ENOUGH = 80;
/** This many lines behind, reading all that came in between is no use. */
const FAR_LINES = 4000;

interface Opening {
  readonly filter: LogFilter;
  readonly at: number | null;
  /** Only to catch up: the list continues. */
  readonly quiet: boolean;
}

/** Reads a run for the window, page by page, one question at a time; what was asked for last comes first. */
export class LogReader {
  readonly #options: ReaderOptions;
  #state: ReaderState;
  #opening: Opening | null = null;
  #wants = { older: false, newer: false, fill: false };
  #following = false;
  /** The end of the run as last told. */
  #endLine = 0;
  /** The last answer forward held many records, for its lines. */
  #dense = true;
  #working = false;
  #closed = false;

  constructor(options: ReaderOptions, filter: LogFilter) {
    this.#options = options;
    this.#state = {
      pages: null,
      filter,
      opened: 0,
      at: null,
      busy: 'no',
      failure: null,
      badPattern: null,
    };
  }

  get state(): ReaderState {
    return this.#state;
  }

  /** Shows what fits a filter. @param at the line to be in view; null: the end. */
  open(filter: LogFilter, at: number | null): void {
    this.#opening = { filter, at, quiet: false };
    this.#work();
  }

  /** What comes before. */
  older(): void {
    this.#wants.older = true;
    this.#work();
  }

  /** What comes next. */
  newer(): void {
    this.#wants.newer = true;
    this.#work();
  }

  /** Whether what comes is to be read as it comes. */
  follow(on: boolean): void {
    this.#following = on;
    if (on && this.#state.pages !== null && !this.#state.pages.atEnd) this.open(this.#state.filter, null);
    else if (on && this.#endLine > (this.#state.pages?.endLine ?? 0)) this.newer();
  }

  /** The run has grown. */
  grow(endLine: number): void {
    this.#endLine = endLine;
    if (this.#following) this.newer();
  }

  close(): void {
    this.#closed = true;
  }

  #work(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#workAll();
  }

  async #workAll(): Promise<void> {
    try {
      while (!this.#closed) {
        if (this.#opening !== null) await this.#open(this.#opening);
        else if (this.#state.pages === null || this.#state.failure !== null) break;
        else if (this.#wants.newer) await this.#readNewer(this.#state.pages);
        else if (this.#wants.older || this.#wants.fill) await this.#readOlder(this.#state.pages);
        else break;
      }
    } finally {
      this.#working = false;
      if (!this.#closed && this.#state.busy !== 'no') this.#set({ busy: 'no' });
    }
  }

  async #open(opening: Opening): Promise<void> {
    const { filter, at, quiet } = opening;
    if (!quiet) this.#set({ busy: 'opening' });
    const page = await this.#ask(filter, 'backward', at === null ? null : at + 1, PAGE);
    if (this.#isOver(opening)) return;
    if (!page.ok) return this.#fail(page.failure);
    let pages = at === null ? lastPage(page.value) : pageBefore(page.value, at + 1);
    if (at !== null) {
      const next = await this.#ask(filter, 'forward', pages.after, PAGE);
      if (this.#isOver(opening)) return;
      if (!next.ok) return this.#fail(next.failure);
      pages = append(pages, next.value);
    }
    this.#opening = null;
    this.#wants = { older: false, newer: !pages.atEnd && isShort(pages), fill: isShort(pages) };
    this.#dense = true;
    this.#set({
      pages,
      filter,
      ...(quiet ? {} : { at, opened: this.#state.opened + 1 }),
      failure: null,
      badPattern: null,
    });
  }

  async #readNewer(pages: LogPages): Promise<void> {
    const { filter } = this.#state;
    const behind = this.#endLine - pages.after;
    if (this.#following && this.#dense && behind > FAR_LINES) {
      this.#opening = { filter, at: null, quiet: true };
      return;
    }
    // While it is followed, more lines are no news.
    if (!this.#following) this.#set({ busy: 'newer' });
    const page = await this.#ask(filter, 'forward', pages.after, GROWTH_PAGE);
    if (this.#opening !== null || this.#closed) return;
    if (!page.ok) return this.#fail(page.failure);
    const { records, next, endLine } = page.value;
    this.#dense = records.length > ((next ?? endLine) - pages.after) / 4;
    const grown = append(pages, page.value, this.#following ? MOST_FOLLOWED : MOST_RECORDS);
    if (next === null || (!this.#following && records.length > 0)) this.#wants.newer = false;
    this.#set({ pages: grown });
  }

  async #readOlder(pages: LogPages): Promise<void> {
    if (pages.before === null) {
      this.#wants = { ...this.#wants, older: false, fill: false };
      return;
    }
    this.#set({ busy: 'older' });
    const page = await this.#ask(this.#state.filter, 'backward', pages.before, PAGE);
    if (this.#opening !== null || this.#closed) return;
    if (!page.ok) return this.#fail(page.failure);
    const grown = prepend(pages, page.value);
    if (page.value.records.length > 0) this.#wants.older = false;
    if (!isShort(grown)) this.#wants.fill = false;
    this.#set({ pages: grown });
  }

  #isOver(opening: Opening): boolean {
    return this.#closed || this.#opening !== opening;
  }

  #fail(failure: Failure): void {
    this.#opening = null;
    this.#wants = { older: false, newer: false, fill: false };
    // What is there stays there: the next letter may mend the pattern.
    if (failure.kind.startsWith('search-')) this.#set({ badPattern: failure });
    else this.#set({ failure });
  }

  #set(parts: Partial<ReaderState>): void {
    this.#state = { ...this.#state, ...parts };
    this.#options.onState(this.#state);
  }

  async #ask(
    filter: LogFilter,
    direction: 'forward' | 'backward',
    from: number | null,
    limit: number,
  ): Promise<{ ok: true; value: Page } | { ok: false; failure: Failure }> {
    try {
      return await this.#options.ask({ run: this.#options.run, filter, from, direction, limit });
    } catch (error) {
      return {
        ok: false,
        failure: {
          kind: 'no-answer',
          message: `The log could not be read: ${errorText(error)}`,
          remedy: null,
        },
      };
    }
  }
}

const isShort = ({ records }: LogPages): boolean => records.length < ENOUGH;
