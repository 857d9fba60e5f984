import type { Failure } from '#shared/contract.ts';

/** How a command ended; index.ts turns it into output and an exit code. */
export type Outcome =
  /** With code 1 the text reports findings. */
  | { kind: 'printed'; text: string; code?: 0 | 1 }
  /** Too much to be held at once: made while it is printed. What went wrong meanwhile is known behind it. */
  | { kind: 'pieces'; pieces: AsyncIterable<string>; troubles: readonly string[] }
  /** `text` is what could be said all the same. */
  | { kind: 'finding'; message: string; text?: string }
  | { kind: 'bad use'; message: string }
  | { kind: 'exited'; code: number };

export const badUse = (message: string): Outcome => ({ kind: 'bad use', message });

/** A failure of the engine as the command line says it: the sentence, and what to do. */
export const findingOf = (failure: Failure): Extract<Outcome, { kind: 'finding' }> => ({
  kind: 'finding',
  message: failure.remedy === null ? failure.message : `${failure.message}\n${failure.remedy}`,
});
