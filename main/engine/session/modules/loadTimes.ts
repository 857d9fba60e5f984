import type { Artifact } from '../../process/artifacts.ts';
import type { Image } from '../../process/images.ts';
import { compareCode } from '../../process/sameCode.ts';
import type { Loading } from './newness.ts';

interface Known {
  /** Which image it is about: an image that was mapped again in another place is another one. */
  image: string;
  loading: Loading;
}

/**
 * When the modules of a server were loaded and from which file, as looks at its memory maps and its reloads tell: what the
 * server itself compares with when it is told to reload.
 */
export class LoadTimes {
  readonly #known = new Map<string, Known>();
  /** Seen in a reload, and told more closely than the looks beside it can. */
  readonly #told = new Map<string, Pick<Loading, 'after' | 'before'>>();
  #lookedAt: number | null = null;
  #startedAt = 0;

  of(name: string): Loading | null {
    return this.#known.get(name)?.loading ?? null;
  }

  /** A server is about to be started: what it loads is loaded after that. @param at ms since the epoch. */
  begin(at: number): void {
    this.#startedAt = at;
  }

  /** The server has ended. */
  forget(): void {
    this.#known.clear();
    this.#told.clear();
    this.#lookedAt = null;
  }

  /** A look at the maps and at the disk showed these. @param at when; ms since the epoch. */
  note(
    images: ReadonlyMap<string, Image>,
    artifacts: ReadonlyMap<string, Artifact | null>,
    at: number,
  ): void {
    const after = this.#lookedAt ?? this.#startedAt;
    this.#lookedAt = at;
    for (const name of this.#known.keys()) if (!images.has(name)) this.#known.delete(name);
    for (const [name, image] of images) {
      const key = keyOf(image);
      const told = this.#told.get(name);
      if (told === undefined && this.#known.get(name)?.image === key) continue;
      const file = fileOf(image, artifacts.get(name) ?? null);
      this.#known.set(name, { image: key, loading: { file, ...(told ?? { after, before: at }) } });
    }
    this.#told.clear();
  }

  /** A reload has loaded this one, between two moments (ms since the epoch); the next look tells from which file. */
  noteLoaded(name: string, after: number, before: number): void {
    this.#told.set(name, { after, before });
  }

  /** A reload may have loaded this one again, until now, and nobody could see it. */
  noteMaybeLoaded(name: string, before: number): void {
    const known = this.#known.get(name);
    if (known === undefined) return;
    this.#known.set(name, { ...known, loading: { file: null, after: known.loading.after, before } });
  }
}

const keyOf = ({ pid, device, inode, address }: Image): string => `${pid} ${device} ${inode} ${address}`;

/** The file of an image: the artifact with its time if it is that, or a copy of it; else one of which only this is known. */
function fileOf(image: Image, artifact: Artifact | null): Loading['file'] {
  const { device, inode } = image;
  if (artifact !== null && artifact.inode === inode) return artifact;
  // Which file a copy was made of, its code tells as long as that is on disk.
  if (image.copy !== undefined) {
    const isOther = artifact === null || compareCode(image, artifact) === false;
    return isOther ? null : artifact;
  }
  return { device, inode, modifiedAt: null };
}
