import { setImmediate as breathe } from 'node:timers/promises';
import type { Answer, HistoryEntry, HistoryKind, QuestionParams } from '#shared/contract.ts';
import { HistoryKindSchema } from '#shared/contract.ts';
import { AT_ONCE, type Points, thin } from './groupPoints.ts';
import type { Segment } from './segment.ts';
import { recordId } from './segmentNames.ts';

type Question = Pick<QuestionParams<'history'>, 'from' | 'to' | 'most'>;
type Range = Pick<Question, 'from' | 'to'> & { kinds?: readonly HistoryKind[] | undefined };

const KINDS: readonly HistoryKind[] = HistoryKindSchema.options;

/** Records of several segments as one list, a few numbers each. */
export class SelectedPoints implements Points {
  readonly #segments: readonly Segment[];
  readonly #places: Uint32Array;
  readonly #times: Float64Array;
  readonly #marks: Uint8Array;
  #length = 0;
  /** The times of the first and of the last. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;

  /** @param most so many there may be. */
  constructor(segments: readonly Segment[], most: number) {
    this.#segments = segments;
    this.#places = new Uint32Array(2 * most);
    this.#times = new Float64Array(2 * most);
    this.#marks = new Uint8Array(2 * most);
  }

  get length(): number {
    return this.#length;
  }

  add(segment: number, entry: number, at: number, until: number, lane: number, weight: number): void {
    // One by one: this runs for each record there is, and a pair would be an array each time.
    const i = 2 * this.#length;
    this.#length += 1;
    this.#places[i] = segment;
    this.#places[i + 1] = entry;
    this.#times[i] = at;
    this.#times[i + 1] = until;
    this.#marks[i] = lane;
    this.#marks[i + 1] = weight;
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
  }

  /** Where the i-th lies. */
  place(i: number): { segment: Segment; entry: number } {
    const segment = this.#segments[this.#places[2 * i] ?? -1];
    if (segment === undefined) throw new RangeError(`There is no ${i}.`);
    return { segment, entry: this.#places[2 * i + 1] ?? 0 };
  }

  /** The same in numbers: its segment's among those that this was made from, and its place there. */
  segmentOf(i: number): number {
    return this.#places[2 * i] ?? 0;
  }

  entryOf(i: number): number {
    return this.#places[2 * i + 1] ?? 0;
  }

  at(i: number): number {
    return this.#times[2 * i] ?? Number.NaN;
  }

  until(i: number): number {
    return this.#times[2 * i + 1] ?? Number.NaN;
  }

  lane(i: number): number {
    return this.#marks[2 * i] ?? 0;
  }

  weight(i: number): number {
    return this.#marks[2 * i + 1] ?? 0;
  }
}

/** The records of these kinds that lie in a range, also in part. Lets others go first now and then. */
export async function selectPoints(
  segments: readonly Segment[],
  { from, to, kinds = KINDS }: Range,
): Promise<SelectedPoints> {
  const begin = from ?? Number.NEGATIVE_INFINITY;
  const end = to ?? Number.POSITIVE_INFINITY;
  // What is added meanwhile is for the next question.
  const looked = segments.map(({ entries }) =>
    entries.extent.from > end || entries.extent.until < begin ? 0 : entries.length,
  );
  const points = new SelectedPoints(
    segments,
    looked.reduce((sum, length) => sum + length, 0),
  );
  const lanes = new Map(KINDS.flatMap((kind, lane) => (kinds.includes(kind) ? [[kind, lane] as const] : [])));
  let done = 0;
  for (const [s, { entries }] of segments.entries()) {
    const length = looked[s] ?? 0;
    for (let i = 0; i < length; i += 1) {
      done += 1;
      if (done % AT_ONCE === 0) await breathe();
      const kind = entries.kind(i);
      const lane = kind === null ? undefined : lanes.get(kind);
      if (lane === undefined) continue;
      const at = entries.at(i);
      const until = entries.until(i);
      if (at <= end && until >= begin) points.add(s, i, at, until, lane, entries.tone(i));
    }
  }
  return points;
}

/** As many entries as are asked for, at the most; by time. */
export async function entriesOf(
  points: SelectedPoints,
  { from, to, most }: Question,
): Promise<HistoryEntry[]> {
  const groups = await thin(points, from ?? points.first, to ?? points.last, most);
  return groups.flatMap(({ index, at, until, count, wrong }) => {
    const { segment, entry } = points.place(index);
    const summary = segment.entries.summary(entry);
    if (summary === null) return [];
    const id = recordId(segment.name, segment.entries.offset(entry));
    const took = until > at ? until - at : summary.took;
    return [{ id, ...summary, at, took: count === 1 ? summary.took : took, count, wrong }];
  });
}

/** From when to when there is anything, and how much. */
export function wholeOf(segments: readonly Segment[]): Answer<'history'>['whole'] {
  const extents = segments.map(({ entries }) => entries.extent);
  const count = extents.reduce((sum, extent) => sum + extent.count, 0);
  if (count === 0) return null;
  const from = extents.reduce((first, extent) => Math.min(first, extent.from), Number.POSITIVE_INFINITY);
  const until = extents.reduce((last, extent) => Math.max(last, extent.until), Number.NEGATIVE_INFINITY);
  return { from: Math.floor(from), to: Math.ceil(until), count };
}
