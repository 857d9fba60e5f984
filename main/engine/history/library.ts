import { isAlive } from '../logs/store/owner.ts';
import { storedSegments } from './disk.ts';
import { bySegment, type SegmentName } from './names.ts';
import { Segment } from './segment.ts';

/** All segments of a workspace, its own writer's and those of others, in the order in which they were begun. */
export class Library {
  readonly #folder: string;
  readonly #isOurs: (name: SegmentName) => boolean;
  readonly #onUnreadable: (error: unknown) => void;
  readonly #segments = new Map<string, Segment>();
  #sorted: readonly Segment[] | null = null;
  #turn: Promise<void> = Promise.resolve();

  /**
   * @param isOurs whether this process writes it, and tells of each line.
   * @param onUnreadable one of them can't be read: the others are.
   */
  constructor(
    folder: string,
    isOurs: (name: SegmentName) => boolean,
    onUnreadable: (error: unknown) => void,
  ) {
    this.#folder = folder;
    this.#isOurs = isOurs;
    this.#onUnreadable = onUnreadable;
  }

  get segments(): readonly Segment[] {
    this.#sorted ??= [...this.#segments.values()].sort((a, b) => bySegment(a.name, b.name));
    return this.#sorted;
  }

  get(name: SegmentName): Segment | null {
    return this.#segments.get(keyOf(name)) ?? null;
  }

  add(name: SegmentName): Segment {
    const segment = new Segment(this.#folder, name);
    this.#segments.set(keyOf(name), segment);
    this.#sorted = null;
    return segment;
  }

  /** Looks what others have written and removed. Fails as the file system does. */
  refresh(): Promise<void> {
    const looked = this.#turn.then(() => this.#refresh());
    this.#turn = looked.catch(() => {});
    return looked;
  }

  /** The writers that are still there, apart from this process. Knows what the last look has seen. */
  async alive(): Promise<string[]> {
    const last = new Map(this.segments.map((segment) => [segment.name.writer, segment]));
    const alive: string[] = [];
    for (const [writer, segment] of last) {
      if (this.#isOurs(segment.name)) continue;
      const owner = await segment.owner();
      if (owner !== null && isAlive(owner)) alive.push(writer);
    }
    return alive;
  }

  /** Gives those an index that lack a good one and are not written any more. */
  async mend(): Promise<void> {
    for (const segment of this.segments) {
      if (!segment.isIndexBad || this.#isOurs(segment.name)) continue;
      const owner = await segment.owner();
      if (owner === null || !isAlive(owner)) await segment.saveIndex();
    }
  }

  async #refresh(): Promise<void> {
    // What is begun while the folder is being read may not be in what was read.
    const known = [...this.#segments.keys()];
    const stored = await storedSegments(this.#folder);
    const names = new Set(stored.map(keyOf));
    for (const key of known) {
      if (names.has(key)) continue;
      this.#segments.delete(key);
      this.#sorted = null;
    }
    for (const { writer, segment, size } of stored) {
      const name = { writer, segment };
      if (this.#isOurs(name)) continue;
      await (this.get(name) ?? this.add(name)).refresh(size).catch(this.#onUnreadable);
    }
  }
}

const keyOf = ({ writer, segment }: SegmentName): string => `${writer}-${segment}`;
