import type { GraphNode, HistoryKind } from '#shared/contract.ts';
import type { Line } from '../recordLines.ts';
import type { Segment } from '../segment.ts';
import { recordId } from '../segmentNames.ts';
import type { CooperativeYield } from './cooperativeYield.ts';
import { type Facts, factsOfBuild, factsOfReload } from './facts.ts';

/** The latest records of a kind, as facts, and how many there are. */
export interface Latest {
  /** In the order of time. */
  facts: Facts[];
  /** How many of the range are not among them. */
  left: number;
}

/** A segment with more of them than that is read whole. */
const SINGLE = 8;

/** Reads what records have to say for the numbers, each once. */
export class FactsReader {
  /** Null: the line is no such record. */
  #known = new Map<string, Facts | null>();

  /**
   * The latest builds and reloads, so many of each at the most; forgets all others. Fails as the file system does.
   * @param from where the range begins, ms since the epoch.
   */
  async latest(
    segments: readonly Segment[],
    wanted: { most: number; from: number },
    pace: CooperativeYield,
  ): Promise<{ builds: Latest; reloads: Latest }> {
    const known = new Map<string, Facts | null>();
    const builds = await this.#latest(segments, 'build', wanted, pace, known);
    const reloads = await this.#latest(segments, 'reload', wanted, pace, known);
    this.#known = known;
    return { builds, reloads };
  }

  async #latest(
    segments: readonly Segment[],
    kind: 'build' | 'reload',
    wanted: { most: number; from: number },
    pace: CooperativeYield,
    known: Map<string, Facts | null>,
  ): Promise<Latest> {
    const since = await begin(segments, kind, wanted, pace);
    const facts: Facts[] = [];
    for (const segment of segments) {
      await pace.next();
      for (const [id, each] of await this.#read(segment, chosen(segment, kind, since.at), pace)) {
        known.set(id, each);
        if (each !== null) facts.push(each);
      }
    }
    return { facts: facts.sort((a, b) => a.at - b.at), left: since.left };
  }

  async #read(
    segment: Segment,
    entries: readonly number[],
    pace: CooperativeYield,
  ): Promise<[string, Facts | null][]> {
    const { entries: all } = segment;
    const idOf = (entry: number): string => recordId(segment.name, all.offset(entry));
    const unknown = entries.filter((entry) => !this.#known.has(idOf(entry))).length;
    const bytes = unknown > SINGLE ? await segment.lines() : null;
    const lineOf = async (entry: number): Promise<Line> => {
      if (bytes === null) return segment.line(entry);
      const offset = all.offset(entry);
      return segment.decode(entry, bytes.subarray(offset, offset + all.size(entry)));
    };
    const read: [string, Facts | null][] = [];
    let [graphAt, looked, told]: [number, number, number] = [-1, 0, -1];
    let nodes: readonly GraphNode[] = [];
    for (const entry of entries) {
      await pace.next();
      for (; looked < entry; looked += 1) if (all.isGraph(looked)) graphAt = looked;
      const id = idOf(entry);
      const before = this.#known.get(id);
      if (before !== undefined) {
        read.push([id, before]);
        continue;
      }
      if (graphAt !== told) {
        const line = await lineOf(graphAt);
        nodes = line.kind === 'graph' ? line.graph.nodes : [];
        told = graphAt;
      }
      read.push([id, factsOf(id, await lineOf(entry), nodes)]);
    }
    return read;
  }
}

function factsOf(id: string, line: Line, nodes: readonly GraphNode[]): Facts | null {
  if (line.kind !== 'record') return null;
  const { record } = line;
  if (record.kind === 'build') return factsOfBuild(id, record, nodes);
  return record.kind === 'reload' ? factsOfReload(id, record) : null;
}

/** From when on there are no more than `most`, and how many of the range are before that. */
async function begin(
  segments: readonly Segment[],
  kind: HistoryKind,
  { most, from }: { most: number; from: number },
  pace: CooperativeYield,
): Promise<{ at: number; left: number }> {
  let size = 0;
  for (const { entries } of segments) size += entries.length;
  const times = new Float64Array(size);
  let count = 0;
  for (const { entries } of segments) {
    for (let i = 0; i < entries.length && count < size; i += 1) {
      if (entries.kind(i) !== kind) continue;
      times[count] = entries.at(i);
      count += 1;
    }
    await pace.next();
  }
  if (count <= most) return { at: Number.NEGATIVE_INFINITY, left: 0 };
  const sorted = times.subarray(0, count).sort();
  const at = sorted[count - most] ?? 0;
  let left = 0;
  for (let i = count - most - 1; i >= 0 && (sorted[i] ?? 0) >= from; i -= 1) left += 1;
  return { at, left };
}

function chosen({ entries }: Segment, kind: HistoryKind, since: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < entries.length; i += 1) {
    if (entries.kind(i) === kind && entries.at(i) >= since) found.push(i);
  }
  return found;
}
