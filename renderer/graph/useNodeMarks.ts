import { useMemo } from 'react';
import type { ArrowsView } from './arrows/arrowsView.ts';
import { numbers } from './arrows/playback.ts';
import type { Edge } from './edges/edges.ts';
import type { GraphView } from './graphView.ts';

/** Returns what the arrows and the selected node put on each node. */
export function useNodeMarks(
  arrows: ArrowsView | null,
  picked: string | null,
  lines: readonly Edge[],
): GraphView['marks'] {
  return useMemo(() => {
    const shown = arrows?.look === 'trace' ? null : arrows;
    const unload = numbers(shown?.unloaded ?? []);
    const load = numbers(shown?.loaded ?? []);
    const gone = new Set(shown?.gone);
    const near = new Set(lines.flatMap((line) => [line.from, line.to]));
    const live = shown?.look === 'live';
    return (name) => ({
      unload: unload.get(name),
      load: load.get(name),
      moved: !live ? undefined : gone.has(name) ? 'gone' : load.has(name) ? 'fresh' : undefined,
      relation: picked === null ? null : name === picked ? 'picked' : near.has(name) ? 'near' : 'far',
    });
  }, [arrows, picked, lines]);
}
