import { useEffect, useRef, useState } from 'react';
import type { Stream } from '../../preload/contract.ts';
import { IconClose, IconDown, IconUp } from '../shell/icons.tsx';
import { closeSearch, useWindow } from '../state/store.ts';
import { terminalOf } from './registry.ts';
import { searchMarks } from './theme.ts';

interface Found {
  readonly at: number;
  readonly of: number;
}

/** Searches the terminal in front. Enter goes to the next match, Shift+Enter to the one before, Escape closes. */
export function SearchBar({ stream }: { stream: Stream }) {
  const field = useRef<HTMLInputElement>(null);
  const [term, setTerm] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const asked = useWindow((state) => state.searchAsked);
  const dark = useWindow((state) => state.dark);

  useEffect(() => {
    if (asked > 0) field.current?.select();
  }, [asked]);

  useEffect(() => {
    const search = terminalOf(stream)?.search;
    if (search === undefined) return;
    const results = search.onDidChangeResults(({ resultIndex, resultCount }) =>
      setFound({ at: resultIndex + 1, of: resultCount }),
    );
    return () => {
      results.dispose();
      search.clearDecorations();
    };
  }, [stream]);

  useEffect(() => {
    const handle = terminalOf(stream);
    if (term === '') {
      handle?.search.clearDecorations();
      setFound(null);
    } else handle?.search.findPrevious(term, { incremental: true, decorations: searchMarks(dark) });
  }, [term, stream, dark]);

  const go = (forward: boolean) => {
    const search = terminalOf(stream)?.search;
    const options = { decorations: searchMarks(dark) };
    if (term === '') return;
    if (forward) search?.findNext(term, options);
    else search?.findPrevious(term, options);
  };

  const close = () => {
    closeSearch();
    terminalOf(stream)?.terminal.focus();
  };

  return (
    <search className="search-bar">
      <input
        ref={field}
        type="search"
        aria-label="Find in terminal"
        placeholder="Find"
        spellCheck={false}
        value={term}
        onChange={(event) => setTerm(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(!event.shiftKey);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
        }}
      />
      <output className="search-count" aria-label="Matches">
        {wording(term, found)}
      </output>
      <button
        type="button"
        className="icon-button"
        aria-label="Previous match"
        title="Previous match (Shift+Enter)"
        onClick={() => go(false)}
      >
        <IconUp />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Next match"
        title="Next match (Enter)"
        onClick={() => go(true)}
      >
        <IconDown />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Close search"
        title="Close (Escape)"
        onClick={close}
      >
        <IconClose />
      </button>
    </search>
  );
}

function wording(term: string, found: Found | null): string {
  if (term === '' || found === null) return '';
  if (found.of === 0) return 'none';
  // Past the limit of marks the addon no longer says which match it stands on.
  return found.at === 0 ? `${found.of}` : `${found.at} of ${found.of}`;
}
