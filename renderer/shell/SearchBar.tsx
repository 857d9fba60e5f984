import type { LogPattern, Stream } from '#shared/contract.ts';
import { LogSearch } from '../log/LogSearch.tsx';
import { useShownRun } from '../log/shownRun.ts';
import { FindField } from '../search/FindField.tsx';
import { type RunSearch, useRunSearch } from '../search/runSearchStore.ts';
import { failureOf } from '../search/searchTexts.ts';
import { useRunSearching } from '../search/useRunSearching.ts';
import { useDisplay } from '../state/display.ts';
import { useSession } from '../state/store.ts';
import { terminalOf } from '../terminal/terminalRegistry.ts';
import { useTerminalSearch } from '../terminal/useTerminalSearch.ts';

/** Searches what is in front: the terminal, or the log. Either way the whole run is searched, too. */
export function SearchBar({ stream }: { stream: Stream }) {
  const view = useDisplay((display) => display.views[stream]);
  const current = useSession((session) => session.runs[stream] ?? null);
  const shown = useShownRun(stream);
  useRunSearching(view === 'log' ? (shown?.id ?? current) : current);
  if (view === 'log') return <LogSearch stream={stream} end={shown?.endLine ?? 0} />;
  return <TerminalSearch stream={stream} run={current} />;
}

function TerminalSearch({ stream, run }: { stream: Stream; run: string | null }) {
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
 * Whether a pattern can be tried here. A regular expression may take for ever on some line: the engine, which can give
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
