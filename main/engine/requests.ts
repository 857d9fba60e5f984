import type { z } from 'zod';
import { type Reply, type RequestName, type RequestParams, requestSchemas } from '../../preload/contract.ts';
import { failed, type Result } from './result.ts';

/** One function for each request; what it gets has been validated. */
export type RequestHandlers = {
  [Name in RequestName]: (params: RequestParams<Name>) => Result<null> | Promise<Result<null>>;
};

/** The schemas, each tied to its name for the type checker. */
const schemas: { readonly [Name in RequestName]: z.ZodType<RequestParams<Name>> } = requestSchemas;

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requestSchemas, name);

/** Validates a request and has it carried out. A bad one is refused with a typed error and changes nothing. */
export async function answerRequest(
  handlers: RequestHandlers,
  name: string,
  params: unknown,
): Promise<Reply> {
  if (!isRequestName(name)) return failed('unknown-request', `There is no request "${name.slice(0, 64)}".`);
  return answerKnown(handlers, name, params);
}

async function answerKnown<Name extends RequestName>(
  handlers: RequestHandlers,
  name: Name,
  params: unknown,
): Promise<Reply> {
  const parsed = schemas[name].safeParse(params);
  if (!parsed.success) return failed('bad-request', `The request "${name}" is not as it should be.`);
  const result = await handlers[name](parsed.data);
  return result.ok ? { ok: true } : result;
}
