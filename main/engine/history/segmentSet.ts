import type { Owner } from '../logs/store/format.ts';
import { isAlive } from '../logs/store/owner.ts';
import { unfinished } from './cutShort.ts';
import { type StoredSegment, storedLines, storedSegments } from './disk.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { Segment } from './segment.ts';
import { bySegment, type SegmentName } from './segmentNames.ts';
import { isGone } from './writerLife.ts';

interface Options {
  folder: string;
  /** Whether this process writes it, and reports each line. */
  isOurs(name: SegmentName): boolean;
  /** One of them can't be read: the others are. */
  onUnreadable(error: unknown): void;
  /** What others have written, or left undone, since the first look. */
  onNews(news: readonly News[]): void;
  /** ms since the epoch. */
  now(): number;
}

/** A record that was not there before. */
export interface News {
  segment: Segment;
  entry: number;
}

/** All segments of a workspace, its own writer's and those of others, in the order in which they were begun. */
export class SegmentSet {
  readonly #options: Options;
  readonly #segments = new Map<string, Segment>();
  #sorted: readonly Segment[] | null = null;
  #turn: Promise<void> = Promise.resolve();
  #hasLooked = false;

  constructor(options: Options) {
    this.#options = options;
  }

  get segments(): readonly Segment[] {
    this.#sorted ??= [...this.#segments.values()].sort((a, b) => bySegment(a.name, b.name));
    return this.#sorted;
  }

  get(name: SegmentName): Segment | null {
    return this.#segments.get(keyOf(name)) ?? null;
  }

  add(name: SegmentName): Segment {
    const segment = new Segment(this.#options.folder, name);
    this.#segments.set(keyOf(name), segment);
    this.#sorted = null;
    return segment;
  }

  /** Looks what others have written and removed. Fails as the file system does. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#refresh());
  }

  /** The same for some of them. Does nothing before the first look at all. */
  look(names: readonly SegmentName[]): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#hasLooked) return;
      const news: News[] = [];
      for (const name of names) {
        const stored = this.#options.isOurs(name) ? null : await storedLines(this.#options.folder, name);
        if (stored !== null) news.push(...(await this.#read(name, stored)));
      }
      await this.#tell(news);
    });
  }

  /** Whether others that may still be there have begun something: when they go, nobody says so. */
  get awaits(): boolean {
    return this.segments.some(
      ({ name, entries }) => !this.#options.isOurs(name) && entries.begun.length > entries.cutOff,
    );
  }

  /** The writers that are still there, apart from this process. Knows what the last look has seen. */
  async alive(): Promise<string[]> {
    const owners = new Map<string, Owner>();
    // The last one may be but a name as yet.
    for (const segment of this.segments.toReversed()) {
      const { writer } = segment.name;
      const owner = owners.has(writer) || this.#options.isOurs(segment.name) ? null : await segment.owner();
      if (owner !== null) owners.set(writer, owner);
    }
    return [...owners].flatMap(([writer, owner]) => (isAlive(owner) ? [writer] : [])).reverse();
  }

  /** Gives those an index that lack a good one and are not written any more. */
  async mend(): Promise<void> {
    for (const segment of this.segments) {
      if (!segment.isIndexBad || this.#options.isOurs(segment.name)) continue;
      const owner = await segment.owner();
      if (owner === null || !isAlive(owner)) await segment.saveIndex();
    }
  }

  async #refresh(): Promise<void> {
    // What is begun while the folder is being read may not be in what was read.
    const known = [...this.#segments.keys()];
    const stored = await storedSegments(this.#options.folder);
    const names = new Set(stored.map(keyOf));
    for (const key of known) {
      if (names.has(key)) continue;
      this.#segments.delete(key);
      this.#sorted = null;
    }
    const others = stored.filter((found) => !this.#options.isOurs(found));
    const news = await mapConcurrently(others, (found) =>
      this.#read({ writer: found.writer, segment: found.segment }, found),
    );
    await this.#tell(news.flat());
    this.#hasLooked = true;
  }

  async #read(name: SegmentName, stored: Pick<StoredSegment, 'size' | 'seen'>): Promise<News[]> {
    const segment = this.get(name) ?? this.add(name);
    const before = segment.entries.length;
    await segment.refresh(stored).catch(this.#options.onUnreadable);
    if (!this.#hasLooked) return [];
    // It is shorter where somebody put another in its place.
    const from = segment.entries.length < before ? 0 : before;
    const added = Array.from({ length: segment.entries.length - from }, (_, i) => from + i);
    return added.flatMap((entry) => (segment.entries.kind(entry) === null ? [] : [{ segment, entry }]));
  }

  /** Takes for records what was cut off, then tells what is new. */
  async #tell(read: readonly News[]): Promise<void> {
    const news = [...read];
    const open = this.segments.filter(({ entries }) => entries.hasBegun).map(({ name }) => name.writer);
    for (const writer of new Set(open)) {
      const segments = this.segments.filter(({ name }) => name.writer === writer);
      if (!segments.some(({ name }) => this.#options.isOurs(name)))
        news.push(...(await this.#judge(segments)));
    }
    if (this.#hasLooked && news.length > 0) this.#options.onNews(news);
  }

  /** What a writer began and did not end is cut off when it is gone. @returns what was not known to be. */
  async #judge(segments: readonly Segment[]): Promise<News[]> {
    const seen = Math.max(...segments.map((segment) => segment.seen));
    const left = unfinished(segments);
    // Not that of the last one: its writer may have gone before it said so there.
    const owner = (await left[0]?.segment.owner()) ?? null;
    const gone = left.length > 0 && isGone(owner, seen, this.#options.now()) ? left : [];
    const news = gone.filter(({ segment, entry }) => segment.entries.lasted(entry) === null);
    for (const segment of segments) {
      const cut = gone.filter((each) => each.segment === segment);
      segment.entries.takeForCutOff(
        new Map(cut.map(({ entry, at }) => [entry, Math.max(0, Math.round(seen - at))])),
      );
    }
    return news;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

const keyOf = ({ writer, segment }: SegmentName): string => `${writer}-${segment}`;
