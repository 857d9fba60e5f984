import type { LogRun } from '#shared/contract.ts';
import type { LogPages } from './logPages.ts';
import type { ReaderState } from './logReader.ts';

interface Props {
  readonly run: LogRun;
  readonly busy: ReaderState['busy'];
  readonly pages: LogPages;
}

/** Shows, in a thin line, how much of the log has been looked through. */
export function LookingBar({ run, busy, pages }: Props) {
  if (busy === 'no') return null;
  const length = Math.max(1, run.endLine - run.firstLine);
  const left = Math.max(0, (pages.before ?? run.firstLine) - run.firstLine);
  const seen = busy === 'older' ? 1 - left / length : null;
  return (
    <div
      className="looking"
      role="progressbar"
      aria-label="Searching the log"
      {...(seen === null ? {} : { 'aria-valuenow': Math.round(100 * seen) })}
    >
      <span style={{ width: seen === null ? '100%' : `${Math.max(4, 100 * seen)}%` }} />
    </div>
  );
}
