import { useEffect, useState } from 'react';
import type { LogPattern, Stream } from '#shared/contract.ts';
import { useWindow } from '../state/store.ts';
import { terminalOf } from './terminalRegistry.ts';
import { searchMarks } from './terminalTheme.ts';

interface Place {
  readonly at: number;
  readonly of: number;
}

/**
 * Searches what a terminal still holds.
 * @param ready whether the pattern may be tried: one that never ends on some line would block the window.
 */
export function useTerminalSearch(stream: Stream, pattern: LogPattern, ready: boolean) {
  const [place, setPlace] = useState<Place | null>(null);
  const dark = useWindow((state) => state.dark);

  useEffect(() => {
    const search = terminalOf(stream)?.search;
    if (search === undefined) return;
    const results = search.onDidChangeResults(({ resultIndex, resultCount }) =>
      setPlace({ at: resultIndex + 1, of: resultCount }),
    );
    return () => {
      results.dispose();
      search.clearDecorations();
    };
  }, [stream]);

  const usable = ready && pattern.text !== '';
  const { text, regex, caseSensitive } = pattern;
  useEffect(() => {
    const search = terminalOf(stream)?.search;
    if (!usable) {
      search?.clearDecorations();
      setPlace(null);
    } else
      search?.findPrevious(text, { regex, caseSensitive, incremental: true, decorations: searchMarks(dark) });
  }, [stream, usable, text, regex, caseSensitive, dark]);

  const step = (forward: boolean) => {
    const search = terminalOf(stream)?.search;
    if (!usable) return;
    const options = { regex, caseSensitive, decorations: searchMarks(dark) };
    if (forward) search?.findNext(text, options);
    else search?.findPrevious(text, options);
  };

  return { status: usable ? wording(place) : '', step };
}

function wording(place: Place | null): string {
  if (place === null) return '';
  if (place.of === 0) return 'none';
  // Past the limit of marks the addon no longer says which match it stands on.
  return place.at === 0 ? `${place.of}` : `${place.at} of ${place.of}`;
}
