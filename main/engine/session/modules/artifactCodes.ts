import { type Artifact, readArtifact } from '../../process/artifacts.ts';
import type { CodeCache } from '../../process/codeCache.ts';
import type { KnownBuild, KnownBuilds } from '../../process/knownBuilds.ts';
import { Emitter } from '../emitter.ts';

/** An artifact that holds the code of a build that came before others. */
export interface EarlierBuild {
  /** When it was built first; ms since the epoch. */
  builtAt: number;
}

/** The code of the files on disk: read once each, beside everything else, and kept as builds of the workspace. */
export class ArtifactCodes {
  readonly #cache: CodeCache;
  readonly #builds: KnownBuilds;
  readonly #events = new Emitter<{ known: []; 'new-build': [] }>();
  readonly #earlier = new Map<string, EarlierBuild & { id: string }>();
  #reading: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(cache: CodeCache, builds: KnownBuilds) {
    this.#cache = cache;
    this.#builds = builds;
  }

  /** `known`: the code of a file is known that was not; `new-build`: one more build of the workspace is known. */
  readonly on = this.#events.on;

  /** The files on disk by node name, with the code of those whose stamps are known. */
  async look(files: ReadonlyMap<string, string>): Promise<Map<string, Artifact | null>> {
    const found = await Promise.all(
      [...files].map(async ([name, path]) => [name, await readArtifact(path)] as const),
    );
    return new Map(found.map(([name, artifact]) => [name, artifact && this.#told(name, artifact)]));
  }

  /** The same with the code of one of them, read now if need be. */
  async read(name: string, path: string, artifact: Artifact): Promise<Artifact> {
    if (artifact.stamp !== undefined) await this.#cache.readPath(path, artifact.stamp);
    return this.#told(name, artifact);
  }

  /** Reads what is not known yet of these, one after the other. */
  readAhead(files: ReadonlyMap<string, string>, artifacts: ReadonlyMap<string, Artifact | null>): void {
    for (const [name, artifact] of artifacts) {
      const path = files.get(name);
      const stamp = artifact?.stamp;
      if (path === undefined || stamp === undefined || this.#cache.recall(stamp) !== undefined) continue;
      this.#reading = this.#reading.then(async () => {
        if (this.#isClosed || this.#cache.recall(stamp) !== undefined) return;
        if ((await this.#cache.readPath(path, stamp)) !== null && !this.#isClosed) this.#events.emit('known');
      });
    }
  }

  /** The build that a file was before, where it is not the latest one. */
  earlier(name: string, code: string | null | undefined): EarlierBuild | null {
    const known = this.#earlier.get(name);
    return known !== undefined && known.id === code ? known : null;
  }

  /** Resolves when all that was to be read is. */
  async settle(): Promise<void> {
    await this.#reading;
  }

  /** Reads nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#reading;
  }

  #told(name: string, artifact: Artifact): Artifact {
    const { stamp } = artifact;
    const code = stamp === undefined ? undefined : this.#cache.recall(stamp);
    if (stamp === undefined || code === undefined || code === null) return artifact;
    const builds = this.#builds.of(name);
    const before = builds.findIndex((build) => build.id === code.id);
    const known = builds[before];
    // Noted as the latest one below: so it is remembered what it was.
    if (known !== undefined && before < builds.length - 1) this.#noteEarlier(name, known);
    else if (known === undefined) this.#earlier.delete(name);
    this.#builds.note(name, code, stamp);
    if (known === undefined) this.#events.emit('new-build');
    return { ...artifact, code: code.id, head: code.head, own: code.own };
  }

  #noteEarlier(name: string, { id, builtAt }: KnownBuild): void {
    this.#earlier.set(name, { id, builtAt });
  }
}
