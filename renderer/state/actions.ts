import type {
  AppRequestName,
  AppRequestParams,
  Failure,
  RequestName,
  RequestParams,
} from '#shared/contract.ts';
import { bridge } from './bridge.ts';
import { noAnswer, REOPEN } from './noAnswer.ts';
import { addFailure, dropFailure, receiveApp } from './store.ts';

/** Asks the engine; a refusal becomes an alert. Resolves to whether it was granted. */
export async function ask<N extends RequestName>(name: N, params: RequestParams<N>): Promise<boolean> {
  return settle(name, bridge().request(name, params));
}

/** Asks the app; a refusal becomes an alert. Resolves to whether it was granted. */
export async function askApp<N extends AppRequestName>(
  name: N,
  params: AppRequestParams<N>,
): Promise<boolean> {
  return settle(
    name,
    bridge()
      .app(name, params)
      .then((reply) => {
        if (reply.ok) receiveApp(reply.state);
        return reply;
      }),
  );
}

async function settle(
  name: string,
  reply: Promise<{ ok: true } | { ok: false; failure: Failure }>,
): Promise<boolean> {
  try {
    const answer = await reply;
    if (answer.ok) dropFailure(name);
    else if (answer.failure.kind !== 'cancelled') addFailure(name, answer.failure);
    return answer.ok;
  } catch (error) {
    addFailure(name, noAnswer(error, REOPEN, name));
    return false;
  }
}
