import type { z } from 'zod';
import {
  type Answer,
  type Answered,
  answerSchemas,
  type EngineMessage,
  type QuestionName,
  type QuestionParams,
  type Reply,
  type Stream,
  type WindowMessage,
} from '#shared/contract.ts';
import { parseEngineMessage } from './engineMessage.ts';
import { Listeners } from './listeners.ts';

/** What is used of a MessagePort. */
export interface Port {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(message: WindowMessage): void;
  addEventListener(type: 'close', listener: () => void): void;
  close(): void;
}

export type PushedMessage = Exclude<EngineMessage, { type: 'reply' }>;

const disconnected: Reply = {
  ok: false,
  failure: {
    kind: 'disconnected',
    message: 'The engine is not connected.',
    remedy: 'It is being restarted; try again in a moment.',
  },
};

const malformed: Extract<Reply, { ok: false }> = {
  ok: false,
  failure: { kind: 'malformed', message: 'The engine gave an answer in an unknown form.', remedy: null },
};

/** The schemas of the answers, each tied to its question for the type checker. */
const answers: { readonly [N in QuestionName]: z.ZodType<Answer<N>> } = answerSchemas;

/** The window's end of the channel to the engine: matches replies to requests, and survives a change of port. */
export class EngineLink {
  readonly #listeners = new Listeners<PushedMessage>();
  readonly #pending = new Map<number, (reply: Reply) => void>();
  #waiting: (() => void)[] = [];
  #port: Port | null = null;
  #lastId = 0;

  /** Uses this port from now on. What was asked over an earlier one gets no answer any more, and is told so. */
  attach(port: Port): void {
    const old = this.#port;
    this.#detach();
    old?.close();
    this.#port = port;
    port.addEventListener('close', () => this.#port === port && this.#detach());
    port.onmessage = (event) => this.#port === port && this.#receive(event.data);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Resolves when the next port has been attached. */
  nextPort(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Never rejects: without an engine, or when it goes away meanwhile, the reply says `disconnected`. */
  request(name: string, params: unknown): Promise<Reply> {
    const port = this.#port;
    if (port === null) return Promise.resolve(disconnected);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      port.postMessage({ type: 'request', id, name, params });
    });
  }

  /** As `request`; the answer is checked, too. */
  async query<N extends QuestionName>(name: N, params: QuestionParams<N>): Promise<Answered<N>> {
    const reply = await this.request(name, params);
    if (!reply.ok) return reply;
    const answer = answers[name].safeParse(reply.value);
    return answer.success ? { ok: true, value: answer.data } : malformed;
  }

  ack(stream: Stream, chars: number): void {
    this.#port?.postMessage({ type: 'ack', stream, chars });
  }

  show(stream: Stream, on: boolean): void {
    this.#port?.postMessage({ type: 'show', stream, on });
  }

  onMessage(listener: (message: PushedMessage) => void): () => void {
    return this.#listeners.add(listener);
  }

  #receive(data: unknown): void {
    const message = parseEngineMessage(data);
    if (message === null) {
      console.error('Refused a message of the engine: it is not one of the contract.');
    } else if (message.type === 'reply') {
      this.#pending.get(message.id)?.(message.reply);
      this.#pending.delete(message.id);
    } else {
      this.#listeners.tell(message);
    }
  }

  #detach(): void {
    this.#port = null;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of pending) resolve(disconnected);
  }
}
