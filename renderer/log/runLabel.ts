import type { LogRun } from '#shared/contract.ts';
import { bytes } from '#shared/size.ts';
import { isSameDay, shortDay, timeOfDay } from '#shared/time.ts';
import { endText } from './logItems.ts';

/** Chooses which run is shown: the selected one, else the current one of its stream, else the latest. */
export function chooseRun(
  runs: readonly LogRun[],
  stream: LogRun['stream'],
  picked: string | null,
  current: string | null,
): LogRun | null {
  const own = runs.filter((run) => run.stream === stream);
  const byId = (id: string | null) => (id === null ? undefined : own.find((run) => run.id === id));
  return byId(picked) ?? byId(current) ?? own[0] ?? null;
}

/** Labels a run: `now · 14:03:11`, `yesterday 18:20 · exit 0 · 12 MB`. @param now ms since the epoch. */
export function runLabel(run: LogRun, now: number): string {
  if (run.state === 'live') return `now \u00b7 since ${timeOfDay(run.started)}`;
  const label = run.marks.findLast(({ kind }) => kind === 'run-ended')?.label;
  const end = run.state === 'cut-off' ? 'cut off' : endText(label ?? '');
  return [`${dayOf(run.started, now)} ${timeOfDay(run.started, 'minutes')}`, end, bytes(run.bytes)].join(
    ' \u00b7 ',
  );
}

function dayOf(at: number, now: number): string {
  if (isSameDay(at, now)) return 'today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return isSameDay(at, yesterday.getTime()) ? 'yesterday' : shortDay(at, now);
}
