import type { Answer, QuestionParams } from '../../../preload/contract.ts';
import { failed, type Result } from '../result.ts';

const NO_HISTORY = failed('no-history', 'No history is kept here.');

/** Answers what windows ask about the history of a workspace. */
export class HistoryAnswers {
  async history(_: QuestionParams<'history'>): Promise<Result<Answer<'history'>>> {
    return NO_HISTORY;
  }

  async historyRecord(_: QuestionParams<'historyRecord'>): Promise<Result<Answer<'historyRecord'>>> {
    return NO_HISTORY;
  }
}
