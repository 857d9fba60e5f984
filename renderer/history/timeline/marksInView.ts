import type { HistoryEntry, HistoryKind, SessionState } from '#shared/contract.ts';
import type { TileCache } from '../tiles/tileCache.ts';
import { tilesOf } from '../tiles/tiles.ts';
import type { TimeRange } from '../tiles/timeScale.ts';
import type { Running } from './paintTimeline.ts';
import { LANES, type Mark, markOf, marksOf, type Part, thinned } from './timelineMarks.ts';

/** Returns the marks in view, lane by lane, as they are to be drawn. */
export function marksInView(tiles: TileCache, view: TimeRange, width: number): Map<HistoryKind, Mark[]> {
  const parts = tilesOf(view, width).flatMap((name) => tiles.shown(name));
  return new Map(
    LANES.map((kind) => {
      const own = parts.map(({ range, entries }) => ({
        range,
        entries: entries.filter((entry) => entry.kind === kind),
      }));
      // The lives of servers are long: they lie on each other instead.
      return [kind, kind === 'server' ? livesOf(own, view, width) : marksOf(own, view, width)];
    }),
  );
}

const livesOf = (parts: readonly Part[], view: TimeRange, width: number): Mark[] =>
  thinned(
    parts.flatMap(({ range, entries }) =>
      entries.flatMap((entry) => {
        const mark = markOf(entry, range, view, width);
        return mark === null ? [] : [mark];
      }),
    ),
  );

/** Returns what is in progress. */
export function runningNow({ build, lastReload, server }: SessionState): Running[] {
  const running: Running[] = [];
  if (server.name !== 'stopped' && server.name !== 'crashed')
    running.push({ kind: 'server', since: server.since, text: `Server ${server.name}` });
  if (build.name === 'building')
    running.push({ kind: 'build', since: build.since, text: `Building: ${build.trigger}` });
  if (lastReload?.verdict === 'running')
    running.push({
      kind: 'reload',
      since: lastReload.startedAt,
      text: `Reload ${lastReload.number} is running`,
    });
  return running;
}

/**
 * Returns the mark next to an entry in a lane, in a direction; null: none in view.
 * @param marks of the lane.
 */
export function nextMark(marks: readonly Mark[], from: HistoryEntry | null, forward: boolean): Mark | null {
  const sorted = [...marks].sort((a, b) => a.entry.at - b.entry.at || (a.entry.id < b.entry.id ? -1 : 1));
  if (from === null) return (forward ? sorted[0] : sorted.at(-1)) ?? null;
  const place = sorted.findIndex(({ entry }) => entry.id === from.id);
  if (place !== -1) {
    const step = forward ? 1 : -1;
    for (let i = place + step; i >= 0 && i < sorted.length; i += step)
      if (sorted[i]?.entry.id !== from.id) return sorted[i] ?? null;
    return null;
  }
  return (
    (forward
      ? sorted.find(({ entry }) => entry.at > from.at)
      : sorted.findLast(({ entry }) => entry.at < from.at)) ?? null
  );
}
