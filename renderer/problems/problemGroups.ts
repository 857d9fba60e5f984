import type { Problem, ProblemCounts } from '#shared/contract.ts';

/** The problems of a file, or those that name none. */
export interface FileGroup {
  readonly file: string | null;
  readonly problems: readonly Problem[];
}

/** The problems of a package, or those that name none. */
export interface CrateGroup {
  readonly crate: string | null;
  readonly counts: ProblemCounts;
  readonly files: readonly FileGroup[];
}

/**
 * Groups problems by crate and file, in the order in which the compiler reported them, but what failed first: cargo
 * reports the warnings of lower crates before the error that stopped it.
 */
export function groupProblems(problems: readonly Problem[]): CrateGroup[] {
  const crates = partition(problems, (problem) => problem.package).map(([crate, ofCrate]) => ({
    crate,
    counts: countsOf(ofCrate),
    files: errorsFirst(
      partition(ofCrate, (problem) => problem.file).map(([file, ofFile]) => ({
        file,
        problems: [...ofFile].sort(byPlace),
      })),
      (group) => group.problems,
    ),
  }));
  return errorsFirst(crates, (group) => group.files.flatMap((each) => each.problems));
}

/** Returns the problems in the order in which they are shown. */
export const inShownOrder = (groups: readonly CrateGroup[]): Problem[] =>
  groups.flatMap(({ files }) => files.flatMap((each) => each.problems));

/** Counts errors and warnings. */
export function countsOf(problems: readonly Problem[]): ProblemCounts {
  const errors = problems.filter(({ level }) => level === 'error').length;
  return { errors, warnings: problems.length - errors };
}

function partition<K>(problems: readonly Problem[], key: (problem: Problem) => K): [K, Problem[]][] {
  const found = new Map<K, Problem[]>();
  for (const problem of problems) {
    const group = found.get(key(problem));
    if (group === undefined) found.set(key(problem), [problem]);
    else group.push(problem);
  }
  return [...found];
}

function errorsFirst<T>(groups: readonly T[], problemsOf: (group: T) => readonly Problem[]): T[] {
  const failed = (group: T) => problemsOf(group).some(({ level }) => level === 'error');
  return [...groups.filter(failed), ...groups.filter((group) => !failed(group))];
}

const rank = ({ level }: Problem): number => (level === 'error' ? 0 : 1);

/** Errors first here, too: a file may have hundreds of warnings. */
const byPlace = (a: Problem, b: Problem): number =>
  rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
