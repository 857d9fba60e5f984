import type { Answer, HistoryEntry, HistoryKind, QuestionParams } from '../../../preload/contract.ts';
import { HistoryKindSchema } from '../../../preload/contract.ts';
import { recordId } from './names.ts';
import type { Segment } from './segment.ts';
import { type Points, thin } from './thin.ts';

type Question = Pick<QuestionParams<'history'>, 'from' | 'to' | 'most'>;

const KINDS: readonly HistoryKind[] = HistoryKindSchema.options;

/** Records of several segments as one list, in eight bytes each. */
export class SelectedPoints implements Points {
  readonly #segments: readonly Segment[];
  readonly #places: number[] = [];

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  get length(): number {
    return this.#places.length / 2;
  }

  add(segment: number, entry: number): void {
    this.#places.push(segment, entry);
  }

  /** Where the i-th lies. */
  place(i: number): { segment: Segment; entry: number } {
    const segment = this.#segments[this.#places[2 * i] ?? -1];
    const entry = this.#places[2 * i + 1];
    if (segment === undefined || entry === undefined) throw new RangeError(`There is no ${i}.`);
    return { segment, entry };
  }

  at(i: number): number {
    const { segment, entry } = this.place(i);
    return segment.entries.at(entry);
  }

  until(i: number): number {
    const { segment, entry } = this.place(i);
    return segment.entries.until(entry);
  }

  lane(i: number): number {
    const { segment, entry } = this.place(i);
    const kind = segment.entries.kind(entry);
    return kind === null ? -1 : KINDS.indexOf(kind);
  }

  weight(i: number): number {
    const { segment, entry } = this.place(i);
    return segment.entries.tone(entry);
  }
}

/** The records of these kinds that lie in a range, also in part. */
export function selectPoints(
  segments: readonly Segment[],
  { from, to, kinds = KINDS }: Pick<Question, 'from' | 'to'> & { kinds?: readonly HistoryKind[] | undefined },
): SelectedPoints {
  const points = new SelectedPoints(segments);
  const [begin, end] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  for (const [s, { entries }] of segments.entries()) {
    for (let i = 0; i < entries.length; i += 1) {
      const kind = entries.kind(i);
      if (kind === null || !kinds.includes(kind)) continue;
      if (entries.at(i) <= end && entries.until(i) >= begin) points.add(s, i);
    }
  }
  return points;
}

/** As many entries as are asked for, at the most; by time. */
export function entriesOf(points: SelectedPoints, { from, to, most }: Question): HistoryEntry[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < points.length; i += 1) {
    first = Math.min(first, points.at(i));
    last = Math.max(last, points.at(i));
  }
  const groups = thin(points, from ?? first, to ?? last, most);
  return groups.flatMap(({ index, at, until, count }) => {
    const { segment, entry } = points.place(index);
    const summary = segment.entries.summary(entry);
    if (summary === null) return [];
    const id = recordId(segment.name, segment.entries.offset(entry));
    const took = until > at ? until - at : summary.took;
    return [{ id, ...summary, at, took: count === 1 ? summary.took : took, count }];
  });
}

/** From when to when there is anything, and how much. */
export function wholeOf(segments: readonly Segment[]): Answer<'history'>['whole'] {
  let [from, to, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { entries } of segments) {
    for (let i = 0; i < entries.length; i += 1) {
      if (entries.kind(i) === null) continue;
      from = Math.min(from, entries.at(i));
      to = Math.max(to, entries.until(i));
      count += 1;
    }
  }
  return count === 0 ? null : { from, to: Math.ceil(to), count };
}
