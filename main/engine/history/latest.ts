import type { BuildRecord } from '#shared/contract.ts';
import type { Segment } from './segment.ts';
import { selectPoints } from './select.ts';

const LOOKED_INTO = 4;

/** The latest builds, the last one first. Fails as the file system does. */
export async function latestBuilds(segments: readonly Segment[], most: number): Promise<BuildRecord[]> {
  // The latest are in those that were written last, however many there are.
  const recent = segments
    .filter(({ entries }) => entries.length > 0)
    .sort((a, b) => b.entries.at(b.entries.length - 1) - a.entries.at(a.entries.length - 1))
    .slice(0, LOOKED_INTO);
  const points = await selectPoints(recent, { from: null, to: null, kinds: ['build'] });
  const order = Array.from({ length: points.length }, (_, i) => i)
    .sort((a, b) => points.at(b) - points.at(a) || b - a)
    .slice(0, most);
  const builds: BuildRecord[] = [];
  for (const i of order) {
    const { segment, entry } = points.place(i);
    const line = await segment.line(entry);
    if (line.kind === 'record' && line.record.kind === 'build') builds.push(line.record);
  }
  return builds;
}
