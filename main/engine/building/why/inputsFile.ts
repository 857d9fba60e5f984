import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { saveFile } from '../../../files/saveFile.ts';

const InputsSchema = z.record(z.string(), z.unknown());
/** What a build was made with; what that is only its build system knows. */
export type BuildInputs = z.infer<typeof InputsSchema>;

/** Keeps what the last build of a workspace was made with, so that the first one of the next session can be told about. */
export class InputsFile {
  readonly #file: string | null;
  #known: BuildInputs | null | undefined;

  /** @param data the app's data folder; null: it is kept for this session alone. */
  constructor(data: string | null, workspace: string) {
    this.#file = data === null ? null : join(data, 'builds', `${workspace}.json`);
  }

  /** Null where there was no build, or nothing can be read of it: then nothing is said. */
  async read(): Promise<BuildInputs | null> {
    if (this.#known !== undefined) return this.#known;
    this.#known = null;
    if (this.#file === null) return null;
    try {
      this.#known = InputsSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      // Not there before the first build, or not whole.
    }
    return this.#known;
  }

  /** Put into place as a whole. Where that can't be done, the next session knows less: no reason to bother anybody. */
  async write(inputs: BuildInputs): Promise<void> {
    const same = JSON.stringify(inputs) === JSON.stringify(this.#known);
    this.#known = inputs;
    if (this.#file === null || same) return;
    try {
      await saveFile(this.#file, JSON.stringify(inputs), { makeFolder: true });
    } catch {
      // As said: the next session goes without.
    }
  }
}
