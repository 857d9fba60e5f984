import type { Answer, QuestionParams } from '#shared/contract.ts';
import type { HistoryStore } from '../../history/historyStore.ts';
import { failed, type Result } from '../../result.ts';

const NO_HISTORY = failed('no-history', 'No history is kept here.');

/** Answers what windows ask about the history of a workspace. */
export class HistoryAnswers {
  readonly #store: HistoryStore | null;

  constructor(store: HistoryStore | null) {
    this.#store = store;
  }

  async history(question: QuestionParams<'history'>): Promise<Result<Answer<'history'>>> {
    return this.#store?.history(question) ?? NO_HISTORY;
  }

  async historyRecord({ id }: QuestionParams<'historyRecord'>): Promise<Result<Answer<'historyRecord'>>> {
    return this.#store?.record(id) ?? NO_HISTORY;
  }

  async historyList(question: QuestionParams<'historyList'>): Promise<Result<Answer<'historyList'>>> {
    return this.#store?.list(question) ?? NO_HISTORY;
  }

  async numbers(question: QuestionParams<'numbers'>): Promise<Result<Answer<'numbers'>>> {
    return this.#store?.numbers(question) ?? NO_HISTORY;
  }
}
