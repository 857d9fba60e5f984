/** Sentences about numbers: pure. */
import type { Answer, Figure, LastPath, Measure, NumbersRow, SlowRecord, Trend } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
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
      'Builds that went well and compiled something, from the first to the last word of cargo',
      'Compiling this crate, from when cargo names it until all of it is there',
    ],
    link: ['Time of a build that some crate was being linked', 'Linking this crate'],
    unload: [
      'From the signal until the last module is no longer mapped; what the server finishes before is in there',
      'From the step before until it is no longer mapped; of the first one from the signal',
    ],
    load: ['From the last unload until the last module is mapped', 'From the step before until it is mapped'],
    swap: [
      'From the first save that a build took in until the last module of the reload is mapped',
      'From the first save that a build took in until this module is mapped',
    ],
  };
  return help[measure][whole ? 0 : 1];
}

/** Says why there is no number. */
export function noFigure(measure: Measure, { builds, reloads }: { builds: number; reloads: number }): string {
  if (measure === 'build')
    return builds === 0 ? 'Not built in this time.' : 'How long it took was not measured.';
  if (measure === 'link') return builds === 0 ? 'Not built in this time.' : 'Linking was not measured.';
  if (reloads === 0) return 'No reload has moved it in this time.';
  if (measure === 'swap') return 'No reload followed a save that was seen.';
  return 'No reload was seen to do that.';
}

/** Fewer than that have no 95th percentile other than the longest. */
const ENOUGH_FOR_P95 = 20;

export const upperWord = ({ count }: Figure): string => (count < ENOUGH_FOR_P95 ? 'longest' : 'p95');

/** Formats a figure: `median 412 ms, p95 1.2 s, of 40`. */
export const figureText = (figure: Figure): string =>
  figure.count === 1
    ? `${shortTime(figure.median)}, measured once`
    : `median ${shortTime(figure.median)}, ${upperWord(figure)} ${shortTime(figure.p95)}, of ${figure.count.toLocaleString('en')}`;

/** Words a trend for a cell. */
export function trendShort(trend: Trend): string {
  if (trend.kind === 'few') return 'no trend yet';
  if (trend.direction === 'steady') return 'steady';
  if (trend.before === 0) return trend.direction;
  const change = Math.abs(trend.now / trend.before - 1);
  const much = change >= 1 && trend.direction === 'slower' ? `${(change + 1).toFixed(1)} times` : '';
  return much === '' ? `${Math.round(change * 100)} % ${trend.direction}` : `${much} as long`;
}

/** Words a trend in a sentence, with what it compares. */
export function trendText(trend: Trend): string {
  if (trend.kind === 'few') {
    return `No trend yet: ${trend.needed} are needed, there ${trend.count === 1 ? 'is' : 'are'} ${trend.count}.`;
  }
  const [now, before] = [shortTime(trend.now), shortTime(trend.before)];
  const days = trend.kind === 'days';
  const last = days ? `the last 7 days (${trend.count})` : `the last ${trend.count}`;
  const earlier = days ? `the 7 days before (${trend.countBefore})` : `the ${trend.countBefore} before`;
  const word = { slower: 'Slower', faster: 'Faster', steady: 'Steady' }[trend.direction];
  const hint = trend.direction === 'steady' && now !== before ? '; such a difference comes by chance' : '';
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
  `The median of the ${count} before it that are like it is ${shortTime(usual)}; more than ${shortTime(limit)} is unusual.`;

type Numbers = Answer<'numbers'>;

/**
 * Says how many records the numbers stand on, and what is missing.
 * @param row the whole, or the module that is looked at.
 */
export function basisText({ builds, reloads, whole }: Numbers, row: NumbersRow, range: string): string[] {
  const idle = row.module === null ? builds.inRange - whole.builds : 0;
  const failed = row.failed === 0 ? '' : `, ${row.failed} of the builds failed`;
  const others =
    idle > 0
      ? `; ${count(idle, 'more build')} had nothing to do or ${idle === 1 ? 'was' : 'were'} cancelled`
      : '';
  const lines = [
    `From ${count(row.builds, 'build')} and ${count(row.reloads, 'reload')} of ${range}${failed}${others}.`,
  ];
  const left = builds.left + reloads.left;
  if (left > 0) {
    lines.push(`${count(left, 'earlier one')} ${left === 1 ? 'is' : 'are'} left out.`);
  }
  const few = Math.max(row.figures.build?.count ?? 0, row.figures.load?.count ?? 0);
  if (few > 0 && few < 10) {
    lines.push('Too few yet to tell a trend, or what is unusual: for that it takes 10.');
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
  const waits = `${count(byHand, 'reload was', 'reloads were')} asked for by hand: with the wait until then.`;
  return unasked === null
    ? waits
    : `${waits} Median of the ${unasked.count.toLocaleString('en')} that followed a build by themselves: ${shortTime(unasked.median)}.`;
}
