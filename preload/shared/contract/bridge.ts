import type { AppReply, AppRequestName, AppRequestParams, AppState, Command } from './appMessages.ts';
import type {
  Answer,
  EngineMessage,
  QuestionName,
  QuestionParams,
  Reply,
  RequestName,
  RequestParams,
} from './engineMessages.ts';
import type { Stream } from './logs.ts';
import type { Failure } from './state.ts';

export type Answered<N extends QuestionName> =
  | { ok: true; value: Answer<N> }
  | { ok: false; failure: Failure };

/** What the bridge puts on `window.hotdeck`. Every `on…` returns the function that ends the subscription. */
export interface Bridge {
  request<N extends RequestName>(name: N, params: RequestParams<N>): Promise<Reply>;
  /** Asks to know something. */
  query<N extends QuestionName>(name: N, params: QuestionParams<N>): Promise<Answered<N>>;
  ack(stream: Stream, chars: number): void;
  /** Says whether a stream is on screen; only then its output comes, first what was missed. */
  show(stream: Stream, on: boolean): void;
  onMessage(listener: (message: Exclude<EngineMessage, { type: 'reply' }>) => void): () => void;
  /** Connects to the engine; messages begin with a `state`. */
  connect(): Promise<void>;
  app<N extends AppRequestName>(name: N, params: AppRequestParams<N>): Promise<AppReply>;
  onAppState(listener: (state: AppState) => void): () => void;
  onCommand(listener: (command: Command) => void): () => void;
}
