import type { BuildRecord, GraphNode, LastPath, PathCrate } from '#shared/contract.ts';
import { MOST_CRATES } from './numbersLimits.ts';
import { criticalPath, needsOf } from './path.ts';

/** What a build waited for, crate by crate. */
export function lastPathOf(id: string, record: BuildRecord, nodes: readonly GraphNode[]): LastPath {
  const { at, took, outcome, compiled } = record;
  const path = new Map(criticalPath(compiled, needsOf(nodes)).map((step) => [step.name, step]));
  const crates = compiled.flatMap(({ name, began, ended, link }): PathCrate[] => {
    const step = path.get(name);
    return ended === null
      ? []
      : [{ name, began, ended, link, share: step?.share ?? null, after: step?.after ?? null }];
  });
  const shown = [...crates].sort(
    (a, b) => Number(b.share !== null) - Number(a.share !== null) || length(b) - length(a),
  );
  const kept = shown.slice(0, Math.max(MOST_CRATES, path.size));
  return {
    id,
    at,
    took,
    outcome,
    crates: kept.sort((a, b) => (a.began ?? a.ended) - (b.began ?? b.ended) || a.ended - b.ended),
    left: compiled.length - kept.length,
    timed: compiled.length > 0 && compiled.every(({ began, ended }) => began !== null && ended !== null),
  };
}

const length = ({ began, ended }: PathCrate): number => ended - (began ?? ended);
