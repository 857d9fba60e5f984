import {
  type Answer,
  type HistoryKind,
  HistoryKindSchema,
  type QuestionParams,
} from '../../../preload/contract.ts';
import type { Line } from './lines.ts';
import { parseRecordId, recordId } from './names.ts';
import type { Segment } from './segment.ts';
import { type SelectedPoints, selectPoints } from './select.ts';
import { sentenceOf } from './sentence.ts';
import { entryOf } from './summary.ts';
import { WRONG } from './thin.ts';

type Question = QuestionParams<'historyList'>;

type Place = { readonly segment: Segment; readonly entry: number };

const SERVER = HistoryKindSchema.options.indexOf('server');

/** Points in another order. */
class SelectedOrder {
  readonly #points: SelectedPoints;
  readonly #order: readonly number[];

  constructor(points: SelectedPoints, order: readonly number[]) {
    this.#points = points;
    this.#order = order;
  }

  get length(): number {
    return this.#order.length;
  }

  place(i: number): Place {
    return this.#points.place(this.#order[i] ?? -1);
  }
}

/** So many orders are kept: those of the list that is looked at, and of all. */
const KEPT = 2;

/** Records in the order in which they were written, a page at a time. Keeps the order until there is more. */
export class HistoryList {
  readonly #orders = new Map<string, SelectedOrder>();

  /** Fails as the file system does. */
  async page(segments: readonly Segment[], question: Question): Promise<Answer<'historyList'>> {
    const places = this.#ordered(segments, question.kinds, question.wrong);
    const total = places.length;
    const place = question.around === null ? null : placeOf(places, question.around);
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
  ): SelectedOrder {
    const sizes = segments.map(
      ({ name, entries }) => `${name.writer}.${name.segment}:${entries.length}:${entries.cutOff}`,
    );
    const key = `${kinds?.join() ?? ''} ${wrong} ${sizes.join(' ')}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const points = selectPoints(segments, { from: null, to: null, kinds });
    const moments = new Float64Array(points.length);
    const order: number[] = [];
    let [last, isSorted] = [Number.NEGATIVE_INFINITY, true];
    for (let i = 0; i < points.length; i += 1) {
      if (wrong && points.weight(i) < WRONG) continue;
      // The end of a server lies from its start to its end, and was written at its end.
      const moment = points.lane(i) === SERVER ? points.until(i) : points.at(i);
      if (moment < last) isSorted = false;
      last = moment;
      moments[i] = moment;
      order.push(i);
    }
    if (!isSorted) order.sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b);
    const made = new SelectedOrder(points, order);
    this.#orders.set(key, made);
    for (const [oldest] of this.#orders) if (this.#orders.size > KEPT) this.#orders.delete(oldest);
    return made;
  }
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

function placeOf(places: SelectedOrder, id: string): number | null {
  const name = parseRecordId(id);
  if (name === null) return null;
  for (let i = 0; i < places.length; i += 1) {
    const { segment, entry } = places.place(i);
    const { writer, segment: number } = segment.name;
    if (writer === name.writer && number === name.segment && segment.entries.offset(entry) === name.offset)
      return i;
  }
  return null;
}

const clamp = (n: number, least: number, most: number): number => Math.min(most, Math.max(least, n));
