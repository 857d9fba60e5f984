import type { Trend } from '#shared/contract.ts';
import { TREND_SIGNS, trendShort, trendText } from './numbersTexts.ts';

/** Shows whether something has become slower, faster or neither: a sign, and words. */
export function TrendMark({ trend }: { trend: Trend }) {
  const kind = trend.kind === 'few' ? 'few' : trend.direction;
  return (
    <span className="trend" data-kind={kind} title={trendText(trend)}>
      <span aria-hidden="true">{TREND_SIGNS[kind]} </span>
      {trendShort(trend)}
    </span>
  );
}
