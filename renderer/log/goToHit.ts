import type { Stream } from '#shared/contract.ts';
import { type Step, stepHit } from '../search/hitSteps.ts';
import { failSearch, loadHits, setHit, useRunSearch } from '../search/runSearchStore.ts';
import { scrollToLine } from './logViewStore.ts';

/**
 * Goes to the next hit in a log, or to the one before, even where it has not been loaded yet.
 * @param line where one is, if no hit is the current one.
 */
export async function stepToHit(stream: Stream, line: number, forward: boolean): Promise<void> {
  const now = useRunSearch.getState();
  await follow(stream, stepHit(now, now.at, line, forward), forward);
}

/** Goes to the last hit of all. */
export const goToLastHit = (stream: Stream): Promise<void> =>
  follow(stream, stepHit(useRunSearch.getState(), null, Number.MAX_SAFE_INTEGER, false), false);

async function follow(stream: Stream, step: Step | null, forward: boolean): Promise<void> {
  if (step === null) return;
  if (step.to === 'hit') return goTo(stream, step.at);
  const failure = await loadHits(step.line);
  if (failure !== null) return failSearch(failure);
  const { hits } = useRunSearch.getState();
  const at = forward
    ? hits.findIndex((hit) => hit.line >= step.line)
    : hits.findLastIndex((hit) => hit.line < step.line);
  goTo(stream, at !== -1 ? at : forward ? 0 : hits.length - 1);
}

function goTo(stream: Stream, at: number): void {
  const hit = useRunSearch.getState().hits[at];
  if (hit === undefined) return;
  setHit(at);
  scrollToLine(stream, hit.line);
}
