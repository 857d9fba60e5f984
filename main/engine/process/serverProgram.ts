import type { Signal } from '#shared/contract.ts';
import type { Environment } from '../environment.ts';

/** How a server is started and ended. */
export interface ServerProgram {
  /** The folder that it is started in, absolute. */
  root: string;
  program: { file: string; arguments: string[] };
  serverEnvironment: Environment;
  /** The line by which it says that it serves; null: the common phrasings (readyLine.ts). */
  ready: RegExp | null;
  /** The signal that makes it shut down; `isSet`: the user says so. */
  shutdown: { signal: Signal; isSet: boolean };
}
