import type { Stream } from '#shared/contract.ts';
import { number } from '#shared/count.ts';
import { currentLine, useRunSearch } from '../search/runSearchStore.ts';
import { holdsLine, type LogPages, showsLine } from './logPages.ts';
import { clearFilters, useLogView } from './logViewStore.ts';

interface Props {
  readonly stream: Stream;
  /** The id of the run that is shown. */
  readonly run: string;
  readonly pages: LogPages;
  /** Nothing is being opened. */
  readonly settled: boolean;
}

/** Says that the line that a search went to is not there because of the filters. */
export function HiddenLine({ stream, run, pages, settled }: Props) {
  const aim = useLogView((views) => views[stream].aim);
  const line = useRunSearch((search) => (search.run === run ? currentLine(search) : null));
  if (line === null || aim !== null || !settled) return null;
  if (!holdsLine(pages, line) || showsLine(pages, line)) return null;
  return (
    <p className="log-strip" role="status">
      Line {line + number(1)} is hidden by the filters.{' '}
      <button type="button" className="link" onClick={() => clearFilters(stream)}>
        Show everything
      </button>
    </p>
  );
}
