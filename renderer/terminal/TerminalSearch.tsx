import type { LogPattern, Stream } from '#shared/contract.ts';
import { FindField } from '../search/FindField.tsx';
import { type RunSearch, useRunSearch } from '../search/runSearchStore.ts';
import { failureOf } from '../search/searchTexts.ts';
import { terminalOf } from './terminalRegistry.ts';
import { useTerminalSearch } from './useTerminalSearch.ts';

/** Searches what a terminal still holds. @param run the id of the run that the terminal shows; null: it is not stored. */
export function TerminalSearch({ stream, run }: { stream: Stream; run: string | null }) {
  const pattern = useRunSearch((search) => search.pattern);
  const failure = useRunSearch(failureOf);
  const ready = useRunSearch((search) => isHarmless(search, run));
  const { status, step } = useTerminalSearch(stream, pattern, ready);
  return (
    <FindField
      label="Find in terminal"
      status={status}
      failure={failure}
      onStep={step}
      onLeave={() => terminalOf(stream)?.terminal.focus()}
    />
  );
}

/**
 * Tells whether a pattern can be tried here. A regular expression may never end on some line: the engine, which can give
 * it up, goes first.
 */
function isHarmless({ pattern, searched, end }: RunSearch, run: string | null): boolean {
  if (!pattern.regex) return true;
  return isRegex(pattern) && (run === null || (searched === pattern && end.name === 'done'));
}

function isRegex({ text }: LogPattern): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
