import type { LogRun, Stream } from '#shared/contract.ts';
import { useNow } from '../ui/useNow.ts';
import { pickRun, useLogView } from './logViewStore.ts';
import { runLabel } from './runLabel.ts';

/** No more runs than this are offered. */
const MOST = 200;
/** Goes along with whatever run is the current one. */
const CURRENT = '';

interface Props {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly runs: readonly LogRun[];
}

/** Chooses a run of a stream: the current one or an earlier one. */
export function RunPicker({ stream, run, runs }: Props) {
  const now = useNow(60_000);
  const picked = useLogView((views) => views[stream].picked);
  const own = runs.filter((each) => each.stream === stream);
  const offered = own.slice(0, MOST);
  const [latest] = own;
  const value = picked === null ? CURRENT : run.id;
  return (
    <select
      className="field run-picker"
      aria-label="Run"
      title={runLabel(run, now)}
      value={value}
      onChange={(event) => pickRun(stream, event.target.value === CURRENT ? null : event.target.value)}
    >
      <option value={CURRENT}>
        {picked === null ? runLabel(run, now) : latest === undefined ? 'Latest' : runLabel(latest, now)}
      </option>
      {offered
        .filter((each) => each.id !== (picked === null ? run.id : latest?.id))
        .map((each) => (
          <option key={each.id} value={each.id}>
            {runLabel(each, now)}
          </option>
        ))}
    </select>
  );
}
