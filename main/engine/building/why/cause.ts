import type { WhyKind } from '#shared/contract.ts';

/** What happened to a package, for itself. `file` is relative to the workspace where it lies inside; `at`: ms since the epoch. */
export interface Cause {
  kind: WhyKind;
  file: string | null;
  at: number | null;
  detail: string | null;
  /** Other files of it that changed. */
  others: readonly string[];
}

/** A cause, and by which way it came to a package. */
export interface Found extends Cause {
  /** From the package that it happened to, to this one. */
  chain: readonly string[];
}

export const causeOf = (kind: WhyKind, parts: Partial<Cause> = {}): Cause => ({
  kind,
  file: null,
  at: null,
  detail: null,
  others: [],
  ...parts,
});

/** Who was first: what has no time comes last. */
export const byTime = (a: Pick<Cause, 'at'>, b: Pick<Cause, 'at'>): number =>
  (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER);

/** Several causes as one: the nearest is named, of those the earliest; the files of the others count. */
export function merged(all: readonly Found[]): Found | null {
  const [first] = all.toSorted((a, b) => a.chain.length - b.chain.length || byTime(a, b));
  if (first === undefined) return null;
  const files = new Set(all.flatMap(({ file, others }) => [...(file === null ? [] : [file]), ...others]));
  if (first.file !== null) files.delete(first.file);
  return { ...first, others: [...files].sort() };
}
