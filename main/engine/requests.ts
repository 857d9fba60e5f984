import type { z } from 'zod';
import {
  type Answer,
  type QuestionName,
  type QuestionParams,
  questionSchemas,
  type Reply,
  type RequestName,
  type RequestParams,
  requestSchemas,
} from '#shared/contract.ts';
import { failed, type Result } from './result.ts';

/** One function for each request; what it gets has been validated. */
export type RequestHandlers = {
  [Name in RequestName]: (params: RequestParams<Name>) => Result<null> | Promise<Result<null>>;
};

/** One function for each question. */
export type QuestionHandlers = {
  [Name in QuestionName]: (params: QuestionParams<Name>) => Promise<Result<Answer<Name>>>;
};

/** The schemas, each tied to its name for the type checker. */
const requests: { readonly [Name in RequestName]: z.ZodType<RequestParams<Name>> } = requestSchemas;
const questions: { readonly [Name in QuestionName]: z.ZodType<QuestionParams<Name>> } = questionSchemas;

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requestSchemas, name);
const isQuestionName = (name: string): name is QuestionName => Object.hasOwn(questionSchemas, name);

/** Validates a request or a question and has it carried out. A bad one is refused with a typed error and changes nothing. */
export async function answerRequest(
  handlers: RequestHandlers & QuestionHandlers,
  name: string,
  params: unknown,
): Promise<Reply> {
  if (isRequestName(name)) return carryOut(handlers, name, params);
  if (isQuestionName(name)) return answerQuestion(handlers, name, params);
  return failed('unknown-request', `Unknown request "${name.slice(0, 64)}".`);
}

async function carryOut<Name extends RequestName>(
  handlers: RequestHandlers,
  name: Name,
  params: unknown,
): Promise<Reply> {
  const parsed = requests[name].safeParse(params);
  if (!parsed.success) return malformed(name);
  const result = await handlers[name](parsed.data);
  return result.ok ? { ok: true } : result;
}

async function answerQuestion<Name extends QuestionName>(
  handlers: QuestionHandlers,
  name: Name,
  params: unknown,
): Promise<Reply> {
  const parsed = questions[name].safeParse(params);
  return parsed.success ? handlers[name](parsed.data) : malformed(name);
}

const malformed = (name: string): Reply => failed('bad-request', `Invalid parameters for request "${name}".`);
