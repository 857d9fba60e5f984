import type { SlowRecord } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { showRecord } from './numbersStore.ts';
import { slowHelp, slowText } from './numbersTexts.ts';

/** Parts of one record that are listed. */
const MOST_PARTS = 3;

/** Lists what took unusually long, latest first. */
export function SlowList({
  slow,
  few,
  labelOf,
}: {
  slow: readonly SlowRecord[];
  few: boolean;
  labelOf: (name: string) => string;
}) {
  const now = useNow(60_000);
  return (
    <section className="slow-list" aria-label="Unusually slow">
      <h4>Unusually slow</h4>
      {slow.length === 0 ? (
        <p className="figure-none">
          {few
            ? 'Not enough data yet: detecting outliers takes at least 10 comparable samples.'
            : 'Nothing took much longer than usual in this period.'}
        </p>
      ) : (
        <ul>
          {slow.map((record) => (
            <li key={record.id}>
              <button
                type="button"
                className="slow-record"
                title="Show on timeline"
                onClick={() => void showRecord(record.id)}
              >
                <span className="slow-sign" aria-hidden="true" />
                <span className="slow-when">
                  {record.number === null ? 'Build' : `Reload ${record.number}`}, {clock(record.at, now)}
                </span>
                {record.parts.slice(0, MOST_PARTS).map((part) => (
                  <span key={`${part.module} ${part.measure}`} className="slow-part" title={slowHelp(part)}>
                    {slowText(part, labelOf)}
                  </span>
                ))}
                {record.parts.length > MOST_PARTS ? (
                  <span className="slow-part">and {record.parts.length - MOST_PARTS} more</span>
                ) : null}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
