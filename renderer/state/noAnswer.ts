import type { Failure } from '#shared/contract.ts';

/** What helps where the engine or the app does not answer a request. */
export const REOPEN = 'Try again. If the problem persists, reopen the window.';

/**
 * Returns the failure of a request that got no answer.
 * @param error what the bridge threw. @param remedy what to do. @param request its name, where it is to be said.
 */
export function noAnswer(error: unknown, remedy: string, request?: string): Failure {
  const to = request === undefined ? '' : ` to "${request}"`;
  return { kind: 'no-answer', message: `Hotdeck got no response${to}: ${errorText(error)}`, remedy };
}

/** Returns what a thrown value says. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
