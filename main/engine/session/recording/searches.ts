import type { EngineMessage, RequestParams } from '#shared/contract.ts';
import type { LogSearch } from '../../logs/search/logSearch.ts';
import type { LogStore } from '../../logs/store/logStore.ts';
import { failed, type Result, success } from '../../result.ts';

type Found = Extract<EngineMessage, { type: 'found' }>;

/** Searches stored runs, at most one at a time for each who asks. */
export class Searches {
  readonly #store: LogStore | null;
  readonly #search: LogSearch;
  readonly #running = new Map<object, AbortController>();

  constructor(store: LogStore | null, search: LogSearch) {
    this.#store = store;
    this.#search = search;
  }

  /**
   * Begins a search, which ends the last one of the same asker.
   * @param asker stands for whoever asks. @param tell gets what is found, until `end` says that it is over.
   */
  async start(
    asker: object,
    { search, run, pattern }: RequestParams<'searchLog'>,
    tell: (message: Found) => void,
  ): Promise<Result<null>> {
    this.cancel(asker);
    if (this.#store === null) return failed('no-logs', 'Logs are not stored here.');
    const opened = await this.#store.open(run);
    if (!opened.ok) return opened;
    const { begin, end } = opened.value.extent;
    await opened.value.close();
    const controller = new AbortController();
    this.#running.set(asker, controller);
    const { folder } = this.#store;
    const length = Math.max(1, end.offset - begin.offset);
    const state = { count: 0, progress: 0 };
    const say = (parts: Partial<Found>): void => {
      if (controller.signal.aborted) return;
      tell({ type: 'found', search, hits: [], ...state, end: { name: 'searching' }, ...parts });
    };
    void this.#search
      .search(
        { folder, run, pattern, from: begin.offset },
        {
          signal: controller.signal,
          onHits: (hits) => {
            state.count += hits.length;
            say({ hits: hits.map(({ line, spans }) => ({ line, spans })) });
          },
          onProgress: (offset) => {
            state.progress = Math.min(1, (offset - begin.offset) / length);
            say({});
          },
        },
      )
      .then((result) => {
        if (result.ok) say({ count: result.value.count, progress: 1, end: { name: 'done' } });
        else say({ end: { name: 'failed', failure: result.failure } });
        if (this.#running.get(asker) === controller) this.#running.delete(asker);
      });
    return success(null);
  }

  cancel(asker: object): void {
    this.#running.get(asker)?.abort();
    this.#running.delete(asker);
  }
}
