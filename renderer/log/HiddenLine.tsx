import type { Stream } from '../../preload/contract.ts';
import { holdsLine, type LogPages, showsLine } from './pages.ts';
import { clearFilters, useLogView } from './view.ts';

interface Props {
  readonly stream: Stream;
  readonly pages: LogPages;
  /** Nothing is being opened. */
  readonly settled: boolean;
}

/** Says that the line that was gone to is not there because of the filters. */
export function HiddenLine({ stream, pages, settled }: Props) {
  const { selected, aim } = useLogView((views) => views[stream]);
  if (selected === null || aim !== null || !settled) return null;
  if (selected >= pages.endLine || !holdsLine(pages, selected) || showsLine(pages, selected)) return null;
  return (
    <p className="log-strip" role="status">
      Line {(selected + 1).toLocaleString('en')} is hidden by the filters.{' '}
      <button type="button" className="link" onClick={() => clearFilters(stream)}>
        Show everything
      </button>
    </p>
  );
}
