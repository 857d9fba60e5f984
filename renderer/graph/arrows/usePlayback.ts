import { useEffect, useMemo, useState } from 'react';
import type { LastReload } from '#shared/contract.ts';
import { HOLD, stepDuration } from './playback.ts';

/** The user's wish to see no motion: then a reload is shown in one step. */
const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');

export interface Playback {
  readonly phase: 'playing' | 'over';
  /** How many of the observed steps have been shown. */
  readonly shown: number;
}

/**
 * Plays what was observed of a reload at a pace that can be seen, in the observed order, and follows one that still
 * runs. A reload that was over before the window came is not played.
 */
export function usePlayback(reload: LastReload | null): Playback {
  const number = reload?.number ?? null;
  const running = reload?.verdict === 'running';
  const steps = reload?.steps.length ?? 0;
  const [played, setPlayed] = useState({ number, shown: 0, over: !running });

  const current = played.number === number ? played : { number, shown: 0, over: number === null };
  useEffect(() => {
    if (current.over || number === null) return;
    if (current.shown < steps) {
      const next = stillness.matches ? steps : current.shown + 1;
      const timer = setTimeout(() => setPlayed({ number, shown: next, over: false }), stepDuration(steps));
      return () => clearTimeout(timer);
    }
    if (running) return;
    const timer = setTimeout(() => setPlayed({ number, shown: steps, over: true }), HOLD);
    return () => clearTimeout(timer);
  }, [number, running, steps, current.over, current.shown]);

  const phase = current.over ? 'over' : 'playing';
  const shown = current.over ? steps : current.shown;
  return useMemo(() => ({ phase, shown }), [phase, shown]);
}
