import type { HistoryKind, HistoryRecord } from '#shared/contract.ts';
import type { Segment } from './segment.ts';
import { recordId } from './segmentNames.ts';
import { selectPoints } from './select.ts';
import { momentOf } from './summary.ts';

export interface StoredRecord {
  id: string;
  record: HistoryRecord;
}

/** So many segments are held at once: where several wrote at a time, one goes on where the other stops. */
const HELD = 4;

/** The records of a range, one after the other as they happened. */
export async function* readRecords(
  segments: readonly Segment[],
  {
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
    kinds,
  }: { from?: number; to?: number; kinds?: readonly HistoryKind[] },
): AsyncGenerator<StoredRecord> {
  const points = await selectPoints(segments, { from: null, to: null, kinds });
  const moments = new Float64Array(points.length);
  const order: number[] = [];
  for (let i = 0; i < points.length; i += 1) {
    const { segment, entry } = points.place(i);
    const summary = segment.entries.summary(entry);
    if (summary === null) continue;
    const moment = momentOf(summary);
    moments[i] = moment;
    if (moment >= from && moment <= to) order.push(i);
  }
  order.sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b);
  const held = new Map<Segment, Buffer>();
  for (const i of order) {
    const { segment, entry } = points.place(i);
    const bytes = held.get(segment) ?? (await segment.lines());
    if (!held.has(segment)) {
      const [oldest] = held.keys();
      if (held.size >= HELD && oldest !== undefined) held.delete(oldest);
      held.set(segment, bytes);
    }
    const offset = segment.entries.offset(entry);
    const line = segment.decode(entry, bytes.subarray(offset, offset + segment.entries.size(entry)));
    if (line.kind === 'record') yield { id: recordId(segment.name, offset), record: line.record };
  }
}
