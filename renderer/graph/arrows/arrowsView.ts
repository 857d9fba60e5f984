import type { LastReload, Plan } from '#shared/contract.ts';
import { reloadStateAfter } from './playback.ts';
import type { Playback } from './usePlayback.ts';

/** Which modules the arrows are about and how far they have come. */
export interface ArrowsView {
  /** `live`: a reload that was observed; `ghost`: what a reload would do; `trace`: what the last one did. */
  readonly look: 'live' | 'ghost' | 'trace';
  readonly unload: readonly string[];
  readonly load: readonly string[];
  readonly unloaded: readonly string[];
  readonly loaded: readonly string[];
  /** Gone and not yet back. */
  readonly gone: readonly string[];
}

/**
 * Decides what the arrows show: a reload that is being shown comes before the plan, the plan before the trace of the
 * last reload.
 */
export function arrowsView(plan: Plan, reload: LastReload | null, playback: Playback): ArrowsView | null {
  if (reload !== null && playback.phase === 'playing') {
    const scene = reloadStateAfter(reload.steps, playback.shown);
    return {
      look: 'live',
      unload: known(reload.plan.unload, reload, 'unload'),
      load: known(reload.plan.load, reload, 'load'),
      ...scene,
    };
  }
  // What only comes back unchanged is no reason to draw anything.
  if (plan.unload.length > plan.unchanged.length || plan.load.length > plan.unchanged.length) {
    const { unload, load } = plan;
    return { look: 'ghost', unload, load, unloaded: unload, loaded: load, gone: [] };
  }
  if (reload === null || reload.steps.length === 0) return null;
  const { unloaded, loaded } = reloadStateAfter(reload.steps, reload.steps.length);
  return { look: 'trace', unload: unloaded, load: loaded, unloaded, loaded, gone: [] };
}

/** What was planned and, past that, what was seen. */
function known(planned: readonly string[], reload: LastReload, step: 'unload' | 'load'): string[] {
  return [...new Set([...planned, ...reload.steps.filter((s) => s.step === step).map((s) => s.module)])];
}
