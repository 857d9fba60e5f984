import { create } from 'zustand';
import type { EngineMessage, Failure, LogRun } from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';

type Grown = Extract<EngineMessage, { type: 'grown' }>;

export interface Logs {
  /** The stored runs of the workspace, the latest first; null before the first answer. */
  runs: readonly LogRun[] | null;
  /** Why they can't be told. */
  failure: Failure | null;
}

/** Holds the stored runs of the workspace. */
export const useLogs = create<Logs>()(() => ({ runs: null, failure: null }));

const { setState: set, getState: get } = useLogs;

/** Counts the questions: an answer that a later one has overtaken is old. */
let asked = 0;

/** Asks the engine which runs there are. */
export async function refreshRuns(): Promise<void> {
  asked += 1;
  const turn = asked;
  const answer = await bridge().query('logRuns', {});
  if (turn !== asked) return;
  if (answer.ok) set({ runs: answer.value.map(newest), failure: null });
  else set({ failure: answer.failure });
}

/** Prefers what was reported about a run since the engine looked at the disk. */
function newest(run: LogRun): LogRun {
  const known = get().runs?.find((each) => each.id === run.id);
  if (known === undefined || known.endLine <= run.endLine) return run;
  const { endLine, bytes, levels } = known;
  return { ...run, endLine, bytes, levels };
}

/** Takes over how far a run has grown. */
export function receiveGrown({ run: id, endLine, bytes, levels }: Grown): void {
  const { runs } = get();
  // Nobody looks at logs yet.
  if (runs === null) return;
  const known = runs.find((run) => run.id === id);
  // A run that is new, or one that grew by no more than a mark.
  if (known === undefined || (known.endLine === endLine && known.bytes === bytes)) void refreshRuns();
  else set({ runs: runs.map((run) => (run.id === id ? { ...run, endLine, bytes, levels } : run)) });
}

/** Forgets the runs: another workspace has others. */
export function forgetRuns(): void {
  asked += 1;
  set({ runs: null, failure: null });
}
