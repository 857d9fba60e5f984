import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Failure } from '#shared/contract.ts';
import { closeSearch, useWindow } from '../state/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClose, IconDown, IconReload, IconUp } from '../ui/icons.tsx';
import { PatternField } from '../ui/PatternField.tsx';
import { cancelSearch, setPattern, startSearch, useRunSearch } from './runSearchStore.ts';
import './search.css';

interface Props {
  readonly label: string;
  /** Where the search stands, in a few words. */
  readonly status: string;
  readonly failure: Failure | null;
  readonly onStep: (forward: boolean) => void;
  /** The field closes: where the focus goes. */
  readonly onLeave: () => void;
  readonly children?: React.ReactNode;
}

/**
 * Takes a pattern. Enter goes to the next match, Shift+Enter to the one before; Escape stops a running search, then
 * closes.
 */
export function FindField({ label, status, failure, onStep, onLeave, children }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const pattern = useRunSearch((search) => search.pattern);
  const searching = useRunSearch((search) => search.end.name === 'searching');
  const progress = useRunSearch((search) => search.progress);
  const grown = useRunSearch((search) => search.grown && search.searched === search.pattern);
  const run = useRunSearch((search) => search.run);
  const asked = useWindow((state) => state.searchAsked);

  useEffect(() => {
    if (asked > 0) field.current?.select();
  }, [asked]);

  const close = () => {
    closeSearch();
    onLeave();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(!event.shiftKey);
    else if (event.key !== 'Escape') return;
    else if (searching) cancelSearch();
    else close();
    event.preventDefault();
  };

  return (
    <search className="search-bar">
      <PatternField
        field={field}
        label={label}
        placeholder="Find"
        pattern={pattern}
        failure={failure}
        onChange={setPattern}
        onKeyDown={onKeyDown}
      />
      <output className="search-count" aria-label="Matches">
        {status}
      </output>
      {searching ? (
        <button
          type="button"
          className="search-cancel"
          aria-label="Stop searching"
          title="Stop searching (Escape)"
          onClick={cancelSearch}
        >
          <span className="search-progress" style={{ width: `${100 * progress}%` }} />
        </button>
      ) : grown && run !== null ? (
        <IconButton
          label="Search again"
          title="The run has grown since it was searched. Search again"
          onClick={() => void startSearch(run, pattern)}
        >
          <IconReload />
        </IconButton>
      ) : null}
      <IconButton label="Previous match" title="Previous match (Shift+Enter)" onClick={() => onStep(false)}>
        <IconUp />
      </IconButton>
      <IconButton label="Next match" title="Next match (Enter)" onClick={() => onStep(true)}>
        <IconDown />
      </IconButton>
      {children}
      <IconButton label="Close search" title="Close (Escape)" onClick={close}>
        <IconClose />
      </IconButton>
    </search>
  );
}
