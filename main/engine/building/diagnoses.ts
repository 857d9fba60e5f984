import type { Problem, ProblemCounts } from '#shared/contract.ts';

/** How a file is to be changed, in bytes of the file as the compiler read it. */
export interface ByteEdit {
  /** Absolute. */
  file: string;
  start: number;
  end: number;
  /** What stands there, with line ends as `\n`. */
  expected: string;
  text: string;
}

/** What a build complained about. */
export interface Diagnoses {
  problems: Problem[];
  /** All of them, listed or not. */
  counts: ProblemCounts;
  /** Those that are not listed. */
  unlisted: ProblemCounts;
  /** What can be applied: by the id of the problem, then of the suggestion. */
  fixes: ReadonlyMap<string, ReadonlyMap<string, readonly ByteEdit[]>>;
}
