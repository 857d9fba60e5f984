import type { Answer, HistoryKind, QuestionParams } from '../../../preload/contract.ts';
import { parseRecordId, recordId } from './names.ts';
import type { Segment } from './segment.ts';
import { selectPoints } from './select.ts';
import { sentenceOf } from './sentence.ts';
import { entryOf } from './summary.ts';
import { WRONG } from './thin.ts';

type Question = QuestionParams<'historyList'>;
type Place = { readonly segment: Segment; readonly entry: number };

/** Records in the order in which they were written, a page at a time. Keeps the order until there is more. */
export class HistoryList {
  #key = '';
  #places: readonly Place[] = [];

  /** Fails as the file system does. */
  async page(segments: readonly Segment[], question: Question): Promise<Answer<'historyList'>> {
    const places = this.#ordered(segments, question.kinds, question.wrong);
    const total = places.length;
    const place = question.around === null ? null : placeOf(places, question.around);
    const middle = place === null ? null : place - Math.floor(question.most / 2);
    const first = clamp(middle ?? question.first ?? total, 0, Math.max(0, total - question.most));
    const items: Answer<'historyList'>['items'] = [];
    for (const { segment, entry } of places.slice(first, first + question.most)) {
      const summary = segment.entries.summary(entry);
      const line = await segment.line(entry);
      if (summary === null) continue;
      const id = recordId(segment.name, segment.entries.offset(entry));
      items.push({
        entry: entryOf(id, summary),
        text: line.kind === 'record' ? sentenceOf(line.record) : `${summary.kind}: ${summary.label}`,
      });
    }
    return { items, first, place, total };
  }

  #ordered(
    segments: readonly Segment[],
    kinds: readonly HistoryKind[] | undefined,
    wrong: boolean,
  ): readonly Place[] {
    const sizes = segments.map(({ name, entries }) => `${name.writer}.${name.segment}:${entries.length}`);
    const key = `${kinds?.join() ?? ''} ${wrong} ${sizes.join(' ')}`;
    if (key === this.#key) return this.#places;
    const points = selectPoints(segments, { from: null, to: null, kinds });
    const moments = new Float64Array(points.length);
    const order: number[] = [];
    for (let i = 0; i < points.length; i += 1) {
      if (wrong && points.weight(i) < WRONG) continue;
      // The end of a server lies from its start to its end, and was written at its end.
      const { segment, entry } = points.place(i);
      moments[i] = segment.entries.kind(entry) === 'server' ? points.until(i) : points.at(i);
      order.push(i);
    }
    order.sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b);
    this.#places = order.map((i) => points.place(i));
    this.#key = key;
    return this.#places;
  }
}

function placeOf(places: readonly Place[], id: string): number | null {
  const name = parseRecordId(id);
  if (name === null) return null;
  const found = places.findIndex(
    ({ segment, entry }) =>
      segment.name.writer === name.writer &&
      segment.name.segment === name.segment &&
      segment.entries.offset(entry) === name.offset,
  );
  return found === -1 ? null : found;
}

const clamp = (n: number, least: number, most: number): number => Math.min(most, Math.max(least, n));
