import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SampleFailure, setGreeting } from '../../support/fixtures/sample.ts';
import type { Stage } from './stage.ts';

/** A row of the table: something that is done to a server, and what the window must say of it. */
export interface VerdictCase {
  /** What kind of server or situation; names the test, too. */
  name: string;
  /** What was done, in the user's words. */
  done: string;
  /** What the sample is told to fail at. */
  failure?: SampleFailure;
  /** It hides its memory maps, from the app and from the test. */
  hidden?: true;
  /** More settings for its hotdeck.json. */
  settings?: object;
  /** Changes the sample before it is built for the first time. */
  prepare?(root: string): Promise<void>;
  act(stage: Stage): Promise<void>;
  /** The word that is waited for after that; null where there is no reload. */
  verdict: string | null;
  /** What else has to be seen, and what happens after the verdict. */
  afterwards?(stage: Stage): Promise<void>;
}

export const ABOVE_API = ['depot_admin', 'depot_api', 'depot_router'];
export const ALL = [...ABOVE_API, 'depot_database', 'depot_service'];

/** api has a new text: it and what depends on it are rebuilt. */
export const editApi = (stage: Stage, text = 'Edited'): Promise<void> =>
  stage.edit(() => setGreeting(stage.root, 'api', text), ABOVE_API);

/** A library of the sample has one more function. */
export const append = (stage: Stage, library: string, code = '\npub fn edited() {}\n'): Promise<void> =>
  appendFile(join(stage.root, library, 'src/lib.rs'), code);
