/** Sentences about numbers: pure. */
import type { Answer, Figure, LastPath, Measure, NumbersRow, SlowRecord, Trend } from '#shared/contract.ts';
import { count, number, plural } from '#shared/count.ts';
import { shortTime } from '#shared/duration.ts';

export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  build: 'Build',
  link: 'Link',
  unload: 'Unload',
  load: 'Load',
  swap: 'Save to swapped',
};

/** Says what a number measures. */
export function measureHelp(measure: Measure, whole: boolean): string {
  const help: Record<Measure, [string, string]> = {
    build: [
      'Successful builds that compiled at least one crate, start to finish',
      'Time to compile this crate, including linking',
    ],
    link: ['Time in a build during which at least one crate was linking', 'Time to link this crate'],
    unload: [
      'From the signal until the last module is unmapped, including draining',
      'From the previous step until this module is unmapped (first module: from the signal)',
    ],
    load: [
      'From the last unload until the last module is mapped',
      'From the previous step until this module is mapped',
    ],
    swap: [
      'From the first save included in a build until the reload has mapped its last module',
      'From the first save included in a build until this module is mapped',
    ],
  };
  return help[measure][whole ? 0 : 1];
}

/** Says why there is no number. */
export function noFigure(measure: Measure, { builds, reloads }: { builds: number; reloads: number }): string {
  if (measure === 'build') return builds === 0 ? 'Not built in this period.' : 'Build time was not measured.';
  if (measure === 'link') return builds === 0 ? 'Not built in this period.' : 'Linking was not measured.';
  if (reloads === 0) return 'Not reloaded in this period.';
  if (measure === 'swap') return 'No reload followed an observed save.';
  return 'Not observed in any reload.';
}

/** Fewer than that have no 95th percentile other than the longest. */
const ENOUGH_FOR_P95 = 20;

export const upperWord = ({ count }: Figure): string => (count < ENOUGH_FOR_P95 ? 'max' : 'p95');

/** Formats a figure: `median 412 ms, p95 1.2 s, of 40`. */
export const figureText = (figure: Figure): string =>
  figure.count === 1
    ? `${shortTime(figure.median)}, measured once`
    : `median ${shortTime(figure.median)}, ${upperWord(figure)} ${shortTime(figure.p95)}, of ${number(figure.count)}`;

/** Words a trend for a cell. */
export function trendShort(trend: Trend): string {
  if (trend.kind === 'few') return 'no trend yet';
  if (trend.direction === 'steady') return 'steady';
  if (trend.before === 0) return trend.direction;
  const change = Math.abs(trend.now / trend.before - 1);
  const much = change >= 1 && trend.direction === 'slower' ? `${(change + 1).toFixed(1)} times` : '';
  return much === '' ? `${Math.round(change * 100)}% ${trend.direction}` : `${much} as long`;
}

/** Words a trend in a sentence, with what it compares. */
export function trendText(trend: Trend): string {
  if (trend.kind === 'few') {
    return `No trend yet: needs ${trend.needed} samples, has ${trend.count}.`;
  }
  const [now, before] = [shortTime(trend.now), shortTime(trend.before)];
  const days = trend.kind === 'days';
  const last = days ? `the last 7 days (${trend.count})` : `the last ${trend.count}`;
  const earlier = days ? `the 7 days before (${trend.countBefore})` : `the ${trend.countBefore} before`;
  const word = { slower: 'Slower', faster: 'Faster', steady: 'Steady' }[trend.direction];
  const hint = trend.direction === 'steady' && now !== before ? '; not significant' : '';
  return `${word}: median ${now} in ${last}, ${before} in ${earlier}${hint}.`;
}

export const TREND_SIGNS = { slower: '▲', faster: '▼', steady: '=', few: '' } as const;

/** Words what was slow: `api: Build 7.1 s, usually 1.2 s`. */
export function slowText(part: SlowRecord['parts'][number], labelOf: (name: string) => string): string {
  const what = MEASURE_NAMES[part.measure];
  const who = part.module === null ? what : `${labelOf(part.module)}: ${what.toLowerCase()}`;
  return `${who} ${shortTime(part.ms)}, usually ${shortTime(part.usual)}`;
}

/** Says why a measurement counts as unusual. */
export const slowHelp = ({ count, usual, limit }: SlowRecord['parts'][number]): string =>
  `Median of the ${count} comparable samples before it: ${shortTime(usual)}. Unusual above ${shortTime(limit)}.`;

type Numbers = Answer<'numbers'>;

/**
 * Says how many records the numbers stand on, and what is missing.
 * @param row the whole, or the module that is looked at.
 */
export function basisText({ builds, reloads, whole }: Numbers, row: NumbersRow, range: string): string[] {
  const idle = row.module === null ? builds.inRange - whole.builds : 0;
  const failed = row.failed === 0 ? '' : `, ${count(row.failed, 'failed build')}`;
  const others =
    idle > 0
      ? `; ${count(idle, 'more build')} had nothing to do or ${plural(idle, 'was', 'were')} cancelled`
      : '';
  const lines = [
    `From ${count(row.builds, 'build')} and ${count(row.reloads, 'reload')} of ${range}${failed}${others}.`,
  ];
  const left = builds.left + reloads.left;
  if (left > 0) {
    lines.push(`${count(left, 'earlier event')} not included.`);
  }
  const few = Math.max(row.figures.build?.count ?? 0, row.figures.load?.count ?? 0);
  if (few > 0 && few < 10) {
    lines.push('At least 10 samples are needed to detect trends and outliers.');
  }
  return lines;
}

/** Words the critical path: `core 0.3 s, then api 0.6 s, then router 95 ms`. */
export const pathText = ({ crates }: LastPath, labelOf: (name: string) => string): string =>
  pathSteps(crates)
    .map(({ name, share }) => `${labelOf(name)} ${shortTime(share ?? 0)}`)
    .join(', then ');

/** Returns the crates on the critical path, the first one first. */
export const pathSteps = (crates: LastPath['crates']): LastPath['crates'] =>
  crates.filter(({ share }) => share !== null).sort((a, b) => a.ended - b.ended);

/** Explains the median of save-to-swapped where reloads were triggered by hand. */
export function byHandText(byHand: number, unasked: { count: number; median: number } | null): string {
  const waits = `Includes the wait before ${count(byHand, 'manual reload')}.`;
  return unasked === null
    ? waits
    : `${waits} Median of the ${count(unasked.count, 'automatic reload')}: ${shortTime(unasked.median)}.`;
}
