import { setImmediate as breathe } from 'node:timers/promises';
import { type Answer, type HistoryKind, HistoryKindSchema, type QuestionParams } from '#shared/contract.ts';
import { AT_ONCE, WRONG } from './groupPoints.ts';
import type { Line } from './recordLines.ts';
import type { Segment } from './segment.ts';
import { bySegment, parseRecordId, recordId } from './segmentNames.ts';
import { type SelectedPoints, selectPoints } from './select.ts';
import { sentenceOf } from './sentence.ts';
import { entryOf } from './summary.ts';

type Question = QuestionParams<'historyList'>;

type Place = { readonly segment: Segment; readonly entry: number };

const SERVER = HistoryKindSchema.options.indexOf('server');

/** Where records lie, one after the other: two numbers each. */
class Order {
  readonly #segments: readonly Segment[];
  readonly #places: Uint32Array;

  constructor(segments: readonly Segment[], points: SelectedPoints, order: readonly number[]) {
    this.#segments = segments;
    this.#places = new Uint32Array(2 * order.length);
    for (let i = 0; i < order.length; i += 1) {
      const point = order[i] ?? 0;
      this.#places[2 * i] = points.segmentOf(point);
      this.#places[2 * i + 1] = points.entryOf(point);
    }
  }

  get length(): number {
    return this.#places.length / 2;
  }

  place(i: number): Place {
    const segment = this.#segments[this.#places[2 * i] ?? -1];
    if (segment === undefined) throw new RangeError(`There is no ${i}.`);
    return { segment, entry: this.#places[2 * i + 1] ?? 0 };
  }

  /** The place of a record; null: it is none of these. */
  find(id: string): number | null {
    const name = parseRecordId(id);
    const segment = this.#segments.findIndex((each) => name !== null && bySegment(each.name, name) === 0);
    const entry = name === null ? null : (this.#segments[segment]?.entries.find(name.offset) ?? null);
    if (entry === null) return null;
    for (let i = 0; i < this.#places.length; i += 2)
      if (this.#places[i] === segment && this.#places[i + 1] === entry) return i / 2;
    return null;
  }
}

/** So many orders are kept: those of the list that is looked at, and of all. */
const KEPT = 2;

/** Records in the order in which they were written, a page at a time. Keeps the order until there is more. */
export class HistoryList {
  readonly #orders = new Map<string, Promise<Order>>();

  /** Fails as the file system does. */
  async page(segments: readonly Segment[], question: Question): Promise<Answer<'historyList'>> {
    const places = await this.#ordered(segments, question.kinds, question.wrong);
    const total = places.length;
    const place = question.around === null ? null : places.find(question.around);
    const middle = place === null ? null : place - Math.floor(question.most / 2);
    const first = clamp(middle ?? question.first ?? total, 0, Math.max(0, total - question.most));
    const chosen = Array.from({ length: Math.min(total, first + question.most) - first }, (_, i) =>
      places.place(first + i),
    );
    const lines = await readLines(chosen);
    const items = chosen.flatMap(({ segment, entry }, i) => {
      const summary = segment.entries.summary(entry);
      if (summary === null) return [];
      const id = recordId(segment.name, segment.entries.offset(entry));
      const line = lines[i];
      const text = line?.kind === 'record' ? sentenceOf(line.record) : `${summary.kind}: ${summary.label}`;
      return [{ entry: entryOf(id, summary), text }];
    });
    return { items, first, place, total };
  }

  #ordered(
    segments: readonly Segment[],
    kinds: readonly HistoryKind[] | undefined,
    wrong: boolean,
  ): Promise<Order> {
    const sizes = segments.map(
      ({ name, entries }) => `${name.writer}.${name.segment}:${entries.length}:${entries.cutOff}`,
    );
    const key = `${kinds?.join() ?? ''} ${wrong} ${sizes.join(' ')}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    // Who asks for the same at the same time waits for it too.
    const made = ordered(segments, kinds, wrong);
    this.#orders.set(key, made);
    for (const [oldest] of this.#orders) if (this.#orders.size > KEPT) this.#orders.delete(oldest);
    made.catch(() => this.#orders.delete(key));
    return made;
  }
}

async function ordered(
  segments: readonly Segment[],
  kinds: readonly HistoryKind[] | undefined,
  wrong: boolean,
): Promise<Order> {
  const points = await selectPoints(segments, { from: null, to: null, kinds });
  const moments = new Float64Array(points.length);
  const order: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  for (let i = 0; i < points.length; i += 1) {
    if (i % AT_ONCE === AT_ONCE - 1) await breathe();
    if (wrong && points.weight(i) < WRONG) continue;
    // The end of a server lies from its start to its end, and was written at its end.
    const moment = points.lane(i) === SERVER ? points.until(i) : points.at(i);
    if (moment < last) isSorted = false;
    last = moment;
    moments[i] = moment;
    order.push(i);
  }
  // They mostly are, or nearly: then this takes little more than a look at each.
  if (!isSorted) order.sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b);
  return new Order(segments, points, order);
}

/** What follows each other on disk is read at once. */
async function readLines(places: readonly Place[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (let i = 0; i < places.length; ) {
    const place = places[i];
    if (place === undefined) break;
    let end = i + 1;
    while (places[end]?.segment === place.segment && places[end]?.entry === place.entry + end - i) end += 1;
    lines.push(...(await place.segment.linesOf(place.entry, place.entry + end - i)));
    i = end;
  }
  return lines;
}

const clamp = (n: number, least: number, most: number): number => Math.min(most, Math.max(least, n));
