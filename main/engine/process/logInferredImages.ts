import { basename } from 'node:path';
import type { LogEvent } from '../families/logEvent.ts';
import { type Artifact, readArtifactNow } from './artifacts.ts';
import type { Image, Mapped } from './images.ts';

/** Where a guess comes from: the file at the server's start, its log, or a reload of which the log said nothing. */
export type Basis = 'start' | 'log' | 'reload';

interface Guess {
  image: Image;
  basis: Basis;
}

/**
 * What a server has probably loaded, where its memory maps can't be read: the files that were there when it started,
 * and since then what its log says.
 */
export class LogInferredImages {
  readonly #guesses = new Map<string, Guess>();
  #files: ReadonlyMap<string, string> = new Map();
  #pid = 0;
  #heard = false;

  /** Has this run's log named any module? If not, it tells nothing about a reload either. */
  get heard(): boolean {
    return this.#heard;
  }

  /** A server has started, and these are the files by node name. What the log said meanwhile stays. */
  begin(
    pid: number,
    files: ReadonlyMap<string, string>,
    artifacts: ReadonlyMap<string, Artifact | null>,
  ): void {
    this.#pid = pid;
    this.#files = files;
    for (const name of files.keys()) {
      if (!this.#guesses.has(name)) this.#assume(name, artifacts.get(name) ?? null, 'start');
    }
  }

  /** The server has ended. */
  forget(): void {
    this.#guesses.clear();
    this.#heard = false;
  }

  /** The files by node name are others now. */
  redefine(files: ReadonlyMap<string, string>): void {
    this.#files = files;
  }

  note(event: LogEvent): void {
    if (event.kind !== 'loaded' && event.kind !== 'unloading' && event.kind !== 'stuck') return;
    const name = [...this.#files].find(([, file]) => crateOf(file) === event.module)?.[0];
    const file = name === undefined ? undefined : this.#files.get(name);
    if (name === undefined || file === undefined) return;
    this.#heard = true;
    if (event.kind === 'unloading') this.#guesses.delete(name);
    else if (event.kind === 'loaded') this.#assume(name, readArtifactNow(file), 'log');
  }

  /** A reload of which the log does not name the modules: probably it took these as they are on disk. */
  assumeReloaded(names: readonly string[]): void {
    for (const name of names) {
      const file = this.#files.get(name);
      if (file !== undefined) this.#assume(name, readArtifactNow(file), 'reload');
    }
  }

  basisOf(name: string): Basis | null {
    return this.#guesses.get(name)?.basis ?? null;
  }

  look(): Mapped {
    return new Map([...this.#guesses].map(([name, { image }]) => [name, [image]]));
  }

  #assume(name: string, artifact: Artifact | null, basis: Basis): void {
    const path = this.#files.get(name) ?? '';
    if (artifact === null) this.#guesses.delete(name);
    else {
      const { device, inode } = artifact;
      const image = { device, inode, path, deleted: false, pid: this.#pid, address: null };
      this.#guesses.set(name, { image, basis });
    }
  }
}

/** The name by which a library's own code goes in the log: libdepot_api.so is `depot_api`. */
export const crateOf = (file: string): string =>
  basename(file)
    .replace(/^lib/, '')
    .replace(/\.[^.]*$/, '');
