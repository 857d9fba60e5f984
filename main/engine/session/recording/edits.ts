/** A file that was edited, when it was first saved since what it is about was swapped in, and the modules that it belongs to. */
export interface Edit {
  file: string;
  at: number;
  owners: readonly string[];
}

/** The edits that no running server has yet, as far as was seen. */
export class Edits {
  readonly #edits = new Map<string, Edit>();

  note(files: readonly { file: string; owners: readonly string[] }[], at: number): void {
    for (const { file, owners } of files) {
      const before = this.#edits.get(file);
      this.#edits.set(file, { file, at: before?.at ?? at, owners });
    }
  }

  /** Those that a build took in. @param waiting files that wait for one. */
  takenIn(waiting: readonly string[]): Edit[] {
    return [...this.#edits.values()].filter(({ file }) => !waiting.includes(file));
  }

  /** These edits came with modules that were swapped. */
  forget(edits: readonly Edit[], swapped: readonly string[]): void {
    for (const { file, at, owners } of edits) {
      // One that was edited again meanwhile is another edit.
      if (this.#edits.get(file)?.at !== at) continue;
      if (owners.some((name) => swapped.includes(name))) this.#edits.delete(file);
    }
  }

  /** A server was started: it has all that was built. */
  forgetAll(waiting: readonly string[]): void {
    for (const { file } of this.takenIn(waiting)) this.#edits.delete(file);
  }
}
