import { useMemo } from 'react';
import type { LogRun } from '#shared/contract.ts';
import { type TimeForm, useDisplay } from '../state/display.ts';
import { useNow } from '../ui/useNow.ts';

/** How the rows of a log look. */
export interface RowLook {
  readonly times: TimeForm;
  readonly colors: boolean;
  /** When the run began, and the time now; ms since the epoch. */
  readonly started: number;
  readonly now: number;
}

/** Returns the look that the user has chosen for the rows of a run. */
export function useRowLook(run: LogRun): RowLook {
  const times = useDisplay((display) => display.times);
  const colors = useDisplay((display) => display.colors);
  const now = useNow(times === 'ago' ? 1000 : 60_000);
  const { started } = run;
  return useMemo(() => ({ times, colors, started, now }), [times, colors, started, now]);
}
