import { setImmediate as breathe } from 'node:timers/promises';

/** Records that lie on a timeline, by their places in a list; times in ms. */
export interface Points {
  readonly length: number;
  at(i: number): number;
  /** When it was over: not before `at`. */
  until(i: number): number;
  /** Only those of a lane are put together. */
  lane(i: number): number;
  /** The gravest of several speaks for them. */
  weight(i: number): number;
}

/** What weighs less went well. */
export const WRONG = 2;

/** So many records are looked at without a break for others: a few ms, also where nothing is compiled yet. */
export const AT_ONCE = 8192;

/** One or several of them: the one that speaks for them, and from when to when they reach. */
export interface Group {
  index: number;
  at: number;
  until: number;
  count: number;
  /** How many of them weigh as much as what went wrong. */
  wrong: number;
}

/**
 * Puts together what lies close to each other, so that at most `most` are left; nothing where there are no more than that.
 * Where they are cut apart depends on the scale alone: nothing flickers while somebody scrolls. Lets others go first now and
 * then.
 * @param most at least one for each lane. @returns by `at`.
 */
export async function thin(points: Points, from: number, to: number, most: number): Promise<Group[]> {
  if (points.length <= most) {
    const groups = Array.from({ length: points.length }, (_, i) => alone(points, i));
    return sorted(groups, points);
  }
  const lanes: number[] = [];
  for (let i = 0; i < points.length; i += 1) if (!lanes.includes(points.lane(i))) lanes.push(points.lane(i));
  const share = Math.max(1, Math.floor(most / lanes.length));
  for (let width = bucketWidth(from, to, share); ; width *= 2) {
    const isCoarse = width >= 2 * Math.max(1, to - from);
    const groups = await grouped(points, from, width, isCoarse ? Number.POSITIVE_INFINITY : width, most);
    if (groups !== null) return sorted(groups, points);
  }
}

/** The smallest power of two with which the range takes so many buckets at the most. */
function bucketWidth(from: number, to: number, share: number): number {
  let width = 1;
  while (Math.floor(to / width) - Math.floor(from / width) + 1 > share && width < to - from) width *= 2;
  return width;
}

/** Null: that would be too many. @param longest what lasts so long stands alone. */
async function grouped(
  points: Points,
  from: number,
  width: number,
  longest: number,
  most: number,
): Promise<Group[] | null> {
  const groups: Group[] = [];
  const buckets = new Map<number, Map<number, Group>>();
  for (let i = 0; i < points.length; i += 1) {
    if (i % AT_ONCE === AT_ONCE - 1) await breathe();
    const at = points.at(i);
    const isLong = points.until(i) - at >= longest;
    const lane = points.lane(i);
    let ofLane = buckets.get(lane);
    if (ofLane === undefined) {
      ofLane = new Map();
      buckets.set(lane, ofLane);
    }
    // When the range is one bucket, so is what lies before it.
    const bucket = longest === Number.POSITIVE_INFINITY ? 0 : Math.floor(Math.max(at, from) / width);
    const group = isLong ? undefined : ofLane.get(bucket);
    if (group !== undefined) join(group, points, i);
    else {
      const begun = alone(points, i);
      groups.push(begun);
      if (groups.length > most) return null;
      if (!isLong) ofLane.set(bucket, begun);
    }
  }
  return groups;
}

const alone = (points: Points, i: number): Group => ({
  index: i,
  at: points.at(i),
  until: points.until(i),
  count: 1,
  wrong: points.weight(i) >= WRONG ? 1 : 0,
});

function join(group: Group, points: Points, i: number): void {
  const graver = points.weight(i) - points.weight(group.index);
  if (graver > 0 || (graver === 0 && points.at(i) >= points.at(group.index))) group.index = i;
  group.at = Math.min(group.at, points.at(i));
  group.until = Math.max(group.until, points.until(i));
  group.count += 1;
  if (points.weight(i) >= WRONG) group.wrong += 1;
}

const sorted = (groups: Group[], points: Points): Group[] =>
  groups.sort((a, b) => a.at - b.at || a.until - b.until || points.lane(a.index) - points.lane(b.index));
