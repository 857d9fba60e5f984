import {
  type Figure,
  type Measure,
  MeasureSchema,
  type NumbersRow,
  type Sample,
  type SlowestCrate,
  type SlowRecord,
} from '#shared/contract.ts';
import type { CooperativeYield } from './cooperativeYield.ts';
import { ROW_SAMPLES } from './numbersLimits.ts';
import type { Measured, Series } from './series.ts';
import { unusualOnes } from './slow.ts';
import { ascending, median, percentile } from './statistics.ts';
import { trendOf } from './trend.ts';

export interface Range {
  from: number;
  /** Now. */
  to: number;
}

export type SlowPart = SlowRecord['parts'][number] & { id: string; at: number };

/** A row, and what stands behind it. */
export interface Counted {
  row: NumbersRow;
  /** All of the range, in the order of time. */
  samples: Record<Measure, Sample[]>;
  /** What took unusually long in it. */
  slow: SlowPart[];
}

/** What a module, or the whole, comes to in a range. */
export async function countRow(series: Series, range: Range, pace: CooperativeYield): Promise<Counted> {
  const { module, measured } = series;
  const isInside = ({ at }: { at: number }) => at >= range.from && at <= range.to;
  const builds = series.builds.filter(isInside);
  const slow: SlowPart[] = [];
  const samples: Counted['samples'] = { build: [], link: [], unload: [], load: [], swap: [] };
  const figures: NumbersRow['figures'] = { build: null, link: null, unload: null, load: null, swap: null };
  for (const measure of MeasureSchema.options) {
    samples[measure] = marked(measured[measure], module, measure, slow).filter(isInside);
    await pace.next();
    figures[measure] = figure(samples[measure], measured[measure], range.to);
    await pace.next();
  }
  return {
    row: {
      module,
      builds: builds.length,
      failed: builds.filter(({ failed }) => failed).length,
      reloads: series.reloads.filter((at) => isInside({ at })).length,
      figures,
      slowest: slowestCrate(builds),
      last: samples.build.slice(-ROW_SAMPLES),
    },
    samples,
    slow: slow.filter(isInside),
  };
}

function marked(
  measured: readonly Measured[],
  module: string | null,
  measure: Measure,
  slow: SlowPart[],
): Sample[] {
  const found = unusualOnes(measured);
  return measured.map(({ id, at, ms }, i) => {
    const how = found[i] ?? null;
    if (how !== null) slow.push({ id, at, module, measure, ms, ...how });
    return { id, at, ms, slow: how !== null };
  });
}

function figure(
  samples: readonly { ms: number }[],
  all: readonly { at: number; ms: number }[],
  now: number,
): Figure | null {
  if (samples.length === 0) return null;
  const sorted = ascending(samples.map(({ ms }) => ms));
  return {
    count: sorted.length,
    median: median(sorted),
    p95: percentile(sorted, 0.95),
    trend: trendOf(all, now),
  };
}

function slowestCrate(builds: Series['builds']): SlowestCrate | null {
  const shares = new Map<string, number[]>();
  let of = 0;
  for (const { slowest } of builds) {
    if (slowest === null) continue;
    of += 1;
    const known = shares.get(slowest.name) ?? [];
    known.push(slowest.share);
    shares.set(slowest.name, known);
  }
  let found: SlowestCrate | null = null;
  for (const [name, each] of shares) {
    const crate = { name, times: each.length, of, median: median(ascending(each)) };
    const isMore =
      found === null ||
      crate.times > found.times ||
      (crate.times === found.times && crate.median > found.median);
    if (isMore) found = crate;
  }
  return found;
}
