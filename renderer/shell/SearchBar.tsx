import type { Stream } from '#shared/contract.ts';
import { LogSearch } from '../log/LogSearch.tsx';
import { useShownRun } from '../log/shownRun.ts';
import { useRunSearching } from '../search/useRunSearching.ts';
import { useDisplay } from '../state/display.ts';
import { useSession } from '../state/store.ts';
import { TerminalSearch } from '../terminal/TerminalSearch.tsx';

/** Searches what is in front: the terminal, or the log. Either way the whole run is searched, too. */
export function SearchBar({ stream }: { stream: Stream }) {
  const view = useDisplay((display) => display.views[stream]);
  const current = useSession((session) => session.runs[stream] ?? null);
  const shown = useShownRun(stream);
  useRunSearching(view === 'log' ? (shown?.id ?? current) : current);
  if (view === 'log') return <LogSearch stream={stream} end={shown?.endLine ?? 0} />;
  return <TerminalSearch stream={stream} run={current} />;
}
