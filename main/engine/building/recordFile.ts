import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveFile } from '../../files/saveFile.ts';
import { type BuildRecord, BuildRecordSchema } from './buildRecord.ts';

/** Keeps what cargo said of the last build of a workspace, so that the next opening knows where its files are. */
export class RecordFile {
  readonly #file: string | null;

  /** @param data the app's data folder; null: it is kept for this session alone. */
  constructor(data: string | null, workspace: string) {
    this.#file = data === null ? null : join(data, 'builds', `${workspace}.made.json`);
  }

  /** Null where there was no build, or nothing can be read of it: then the configuration says where files would be. */
  async read(): Promise<BuildRecord | null> {
    if (this.#file === null) return null;
    try {
      return BuildRecordSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      // Not there before the first build; a file of another version says nothing to us.
      return null;
    }
  }

  /** Put into place as a whole. Where that can't be done, the next opening goes by the configuration. */
  async write(record: BuildRecord): Promise<void> {
    if (this.#file === null) return;
    try {
      await saveFile(this.#file, JSON.stringify(record), { makeFolder: true });
    } catch {
      // As said: the next session goes without.
    }
  }
}
