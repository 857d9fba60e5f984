/**
 * What the history comes to in numbers. The latest 1,000 builds and 1,000 reloads are looked at, each read once and kept as
 * a few figures; work goes in pieces of some ms, so that whoever else wants something has it in between.
 */
import type {
  Answer,
  HistoryRecord,
  LastPath,
  ModuleGraph,
  QuestionParams,
  SlowRecord,
} from '#shared/contract.ts';
import type { Segment } from '../segment.ts';
import { CooperativeYield } from './cooperativeYield.ts';
import type { BuildFacts, Facts } from './facts.ts';
import { FactsReader, type Latest } from './factsReader.ts';
import { lastPathOf } from './lastPath.ts';
import { DAY_MS, MOST_RECORDS, MOST_SAMPLES, MOST_SLOW } from './numbersLimits.ts';
import { type Counted, countRow, type Range, type SlowPart } from './row.ts';
import { type Series, SeriesSet } from './series.ts';
import { ascending, median } from './statistics.ts';

type Question = QuestionParams<'numbers'>;
type Numbers = Answer<'numbers'>;

/** A record and the modules as they were then; null: it is gone. */
export type ReadRecord = (id: string) => Promise<{ record: HistoryRecord; graph: ModuleGraph | null } | null>;

export class NumbersReader {
  readonly #reader = new FactsReader();
  #turn: Promise<unknown> = Promise.resolve();

  /** Fails as the file system does. @param now ms since the epoch. */
  answer(
    segments: readonly Segment[],
    question: Question,
    now: number,
    readRecord: ReadRecord,
  ): Promise<Numbers> {
    const answered = this.#turn.then(() => this.#answer(segments, question, now, readRecord));
    this.#turn = answered.catch(() => {});
    return answered;
  }

  async #answer(
    segments: readonly Segment[],
    { days, focus = null }: Question,
    now: number,
    readRecord: ReadRecord,
  ): Promise<Numbers> {
    const pace = new CooperativeYield();
    const range: Range = { from: now - days * DAY_MS, to: now };
    const wanted = { most: MOST_RECORDS, from: range.from };
    const { builds, reloads } = await this.#reader.latest(segments, wanted, pace);
    const numbers = await count([...builds.facts, ...reloads.facts], range, focus, pace);
    return {
      from: range.from,
      to: range.to,
      builds: looked(builds, range),
      reloads: looked(reloads, range),
      ...numbers,
      path: await pathOf(builds.facts, readRecord),
    };
  }
}

/** @param facts in the order of time, each kind for itself. */
async function count(
  facts: readonly Facts[],
  range: Range,
  focus: string | null,
  pace: CooperativeYield,
): Promise<Pick<Numbers, 'whole' | 'modules' | 'focus' | 'slow'>> {
  const set = new SeriesSet();
  for (const each of facts) {
    set.add(each);
    await pace.next();
  }
  const whole = await countRow(set.whole, range, pace);
  let [focused, series]: [Counted | null, Series | null] = focus === null ? [whole, set.whole] : [null, null];
  const slow = [...whole.slow];
  const modules: Numbers['modules'] = [];
  for (const each of set.modules.values()) {
    const counted = await countRow(each, range, pace);
    if (each.module === focus) [focused, series] = [counted, each];
    slow.push(...counted.slow);
    if (counted.row.builds + counted.row.reloads > 0) modules.push(counted.row);
    await pace.next();
  }
  return {
    whole: whole.row,
    modules: modules.sort((a, b) => ((a.module ?? '') < (b.module ?? '') ? -1 : 1)),
    focus: {
      module: focus,
      samples: latestSamples(focused),
      unasked: unaskedOf(series, range),
    },
    slow: slowRecords(slow, facts),
  };
}

function latestSamples(counted: Counted | null): Numbers['focus']['samples'] {
  const of = (measure: keyof Counted['samples']) => counted?.samples[measure].slice(-MOST_SAMPLES) ?? [];
  return { build: of('build'), link: of('link'), unload: of('unload'), load: of('load'), swap: of('swap') };
}

function unaskedOf(series: Series | null, { from, to }: Range): Numbers['focus']['unasked'] {
  const times = series?.unasked.flatMap(({ at, ms }) => (at >= from && at <= to ? [ms] : [])) ?? [];
  return times.length === 0 ? null : { count: times.length, median: median(ascending(times)) };
}

/** The latest ones, each with all that was slow in it. */
function slowRecords(parts: readonly SlowPart[], facts: readonly Facts[]): SlowRecord[] {
  const records = new Map<string, SlowPart[]>();
  for (const part of parts) records.set(part.id, [...(records.get(part.id) ?? []), part]);
  const slow = facts.flatMap((each): SlowRecord[] => {
    const found = records.get(each.id);
    if (found === undefined) return [];
    const { id, kind, at } = each;
    const sorted = found.sort((a, b) => b.ms - b.usual - (a.ms - a.usual));
    const told = sorted.map(({ id: _, at: __, ...part }) => part);
    return [{ id, kind, at, number: each.kind === 'reload' ? each.number : null, parts: told }];
  });
  return slow.sort((a, b) => b.at - a.at).slice(0, MOST_SLOW);
}

const looked = ({ facts, left }: Latest, { from, to }: Range): Numbers['builds'] => ({
  inRange: facts.filter(({ at }) => at >= from && at <= to).length,
  all: facts.length,
  left,
});

/** Of the latest build that compiled something, in the range or not. */
async function pathOf(facts: readonly Facts[], readRecord: ReadRecord): Promise<LastPath | null> {
  const last = facts.findLast((each): each is BuildFacts => each.kind === 'build' && each.compiled > 0);
  const read = last === undefined ? null : await readRecord(last.id);
  if (last === undefined || read?.record.kind !== 'build') return null;
  return lastPathOf(last.id, read.record, read.graph?.nodes ?? []);
}
