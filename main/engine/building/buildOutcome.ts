import type { Diagnoses } from './diagnoses.ts';

/** What a build came to; `began` in ms since the epoch. */
export type BuildOutcome =
  | ({ kind: 'ok'; rebuilt: string[]; began: number } & Diagnoses)
  | ({ kind: 'failed'; message: string; began: number } & Diagnoses)
  /** `again`: it is built again at once, otherwise; a sentence for its terminal that says why. */
  | { kind: 'cancelled'; again?: string };

export interface RunningBuild {
  done: Promise<BuildOutcome>;
  cancel(): void;
}
