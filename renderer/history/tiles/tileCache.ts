import type { Answer, HistoryEntry } from '#shared/contract.ts';
import { above, below, reaches, TILE_MOST, type TileName, tileKey, tileRange } from './tiles.ts';
import type { TimeRange } from './timeScale.ts';

type Ask = (range: { from: number; to: number; most: number }) => Promise<Answer<'history'> | null>;

/** Tiles that are kept, and asked for at a time. */
const KEPT = 64;
const AT_ONCE = 2;
/** A tile that has grown by this many entries is asked for again. */
const GROWN = 256;
/** What could not be told is asked for again after this, ms. */
const AGAIN_MS = 2000;

interface Tile {
  readonly range: TimeRange;
  entries: HistoryEntry[];
  /** There may be more by now: it is shown until the answer is here. */
  stale: boolean;
}

/** A part of the time axis, and what lies in it. Entries may begin before it and end after it. */
export interface Shown {
  readonly range: TimeRange;
  readonly entries: readonly HistoryEntry[];
}

/** Keeps the tiles that were seen last. Asks for those that are wanted and missing, the most urgent first. */
export class TileCache {
  readonly #ask: Ask;
  readonly #onChange: () => void;
  readonly #tiles = new Map<string, Tile>();
  readonly #asking = new Set<string>();
  /** What happened while a tile was asked for. */
  readonly #late = new Map<string, HistoryEntry[]>();
  #wanted: readonly TileName[] = [];
  #era = 0;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(ask: Ask, onChange: () => void) {
    this.#ask = ask;
    this.#onChange = onChange;
  }

  /** How many entries are held. */
  get size(): number {
    let size = 0;
    for (const { entries } of this.#tiles.values()) size += entries.length;
    return size;
  }

  /** Is there nothing left to wait for? */
  has(names: readonly TileName[]): boolean {
    return names.every((name) => this.#tiles.has(tileKey(name)));
  }

  /** Says what is in view, and what may be soon; the first ones are the most urgent. */
  want(names: readonly TileName[]): void {
    this.#wanted = names;
    for (const name of names) this.#touch(tileKey(name));
    this.#pump();
  }

  /** What to show in a tile's place: itself, else a coarser or finer picture of it. */
  shown(name: TileName): Shown[] {
    const range = tileRange(name);
    const own = this.#tiles.get(tileKey(name));
    if (own !== undefined) return [{ range, entries: own.entries }];
    for (let levels = 1; levels <= 12; levels += 1) {
      const coarse = this.#tiles.get(tileKey(above(name, levels)));
      if (coarse !== undefined) return [{ range, entries: coarse.entries }];
    }
    return below(name).flatMap((half) => {
      const fine = this.#tiles.get(tileKey(half));
      return fine === undefined ? [] : [{ range: fine.range, entries: fine.entries }];
    });
  }

  /** Something has happened. */
  add(entry: HistoryEntry): void {
    for (const tile of this.#tiles.values()) {
      if (!reaches(entry, tile.range) || tile.entries.some(({ id }) => id === entry.id)) continue;
      tile.entries = [...tile.entries, entry];
      if (tile.entries.length > TILE_MOST + GROWN) tile.stale = true;
    }
    // What is asked for now may be answered without it.
    for (const key of this.#asking) this.#late.set(key, [...(this.#late.get(key) ?? []), entry]);
    this.#pump();
  }

  /** Others may have written: reads what is shown again. */
  refresh(): void {
    for (const tile of this.#tiles.values()) tile.stale = true;
    this.#pump();
  }

  clear(): void {
    this.#era += 1;
    this.#tiles.clear();
    this.#asking.clear();
    this.#late.clear();
    this.#wanted = [];
  }

  #touch(key: string): void {
    const tile = this.#tiles.get(key);
    if (tile === undefined) return;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
  }

  #pump(): void {
    if (performance.now() - this.#failedAt < AGAIN_MS) return;
    for (const name of this.#wanted) {
      if (this.#asking.size >= AT_ONCE) return;
      const key = tileKey(name);
      const known = this.#tiles.get(key);
      if (!this.#asking.has(key) && (known === undefined || known.stale)) void this.#load(name, key);
    }
  }

  async #load(name: TileName, key: string): Promise<void> {
    const era = this.#era;
    const range = tileRange(name);
    this.#asking.add(key);
    const answer = await this.#ask({ from: range.from, to: range.to - 1, most: TILE_MOST }).catch(() => null);
    if (era !== this.#era) return;
    this.#asking.delete(key);
    const late = this.#late.get(key) ?? [];
    this.#late.delete(key);
    if (answer === null) {
      this.#failedAt = performance.now();
      return;
    }
    const known = new Set(answer.entries.map(({ id }) => id));
    const missing = late.filter((entry) => reaches(entry, range) && !known.has(entry.id));
    this.#tiles.delete(key);
    this.#tiles.set(key, { range, entries: [...answer.entries, ...missing], stale: false });
    for (const [oldest] of this.#tiles) {
      if (this.#tiles.size <= KEPT) break;
      this.#tiles.delete(oldest);
    }
    this.#onChange();
    this.#pump();
  }
}
