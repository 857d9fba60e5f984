import type { Conflict, Resolution } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { failed, type Result, success } from '../../result.ts';
import { besideOf, type Prepared } from './applyWork.ts';
import { hashOf } from './fileContents.ts';
import type { Changed, Journal, Move } from './journal.ts';
import type { JournalFolder } from './journalFolder.ts';
import { conflictOf, type Layer, type Standing, standingOf } from './layers.ts';
import { checkWritable, type Located, locate } from './locate.ts';

interface Standings {
  changed: Changed;
  located: Located;
  standing: Standing;
  conflict: Conflict | null;
}

/** How every file of a setup stands now. */
export async function standings(
  root: string,
  journal: Journal,
  folder: JournalFolder,
): Promise<Result<Standings[]>> {
  const found: Standings[] = [];
  for (const changed of journal.files) {
    const located = await locate(root, changed.file);
    if (!located.ok) return located;
    const layers = await layersOf(changed, folder);
    if (!layers.ok) return layers;
    const { bytes } = located.value;
    const standing = standingOf(layers.value, bytes);
    const conflict = conflictOf(changed.file, standing, bytes);
    found.push({ changed, located: located.value, standing, conflict });
  }
  return success(found);
}

async function layersOf(changed: Changed, folder: JournalFolder): Promise<Result<Layer<Buffer | null>[]>> {
  const layers: Layer<Buffer | null>[] = [];
  for (const { before, after } of changed.layers) {
    const one = before === null ? success(null) : await folder.content(before);
    if (!one.ok) return one;
    const other = after === null ? success(null) : await folder.content(after);
    if (!other.ok) return other;
    layers.push({ before: one.value, after: other.value });
  }
  return success(layers);
}

/** The work of taking a setup back; a failure where a file was edited since and nobody says what to do with it. */
export async function revertWork(
  root: string,
  journal: Journal,
  folder: JournalFolder,
  resolutions: Readonly<Record<string, Resolution>>,
): Promise<Result<Prepared>> {
  const found = await standings(root, journal, folder);
  if (!found.ok) return found;
  const moves: Move[] = [];
  const contents: Buffer[] = [];
  const open: string[] = [];
  for (const { changed, located, standing } of found.value) {
    const { file } = changed;
    const resolution = Object.hasOwn(resolutions, file) ? resolutions[file] : undefined;
    const goal = goalOf(standing, resolution);
    if (goal.kind === 'ask') open.push(file);
    if (goal.kind !== 'move') continue;
    const { target, bytes, missing } = located;
    const from = bytes === null ? null : hashOf(bytes);
    const to = goal.to === null ? null : hashOf(goal.to);
    if (from === to) continue;
    const writable = await checkWritable(root, file, located);
    if (!writable.ok) return writable;
    const keep = located.keep ?? changed.keep;
    const folders = to === null ? changed.folders : missing;
    moves.push({ file, target, beside: besideOf(target), from, to, keep, folders });
    contents.push(...[bytes, goal.to].filter((each) => each !== null));
  }
  if (open.length > 0) return undecided(open);
  return success({ work: { version: 1, kind: 'reverting', moves, next: null }, contents });
}

type Goal = { kind: 'stay' } | { kind: 'ask' } | { kind: 'move'; to: Buffer | null };

function goalOf(standing: Standing, resolution: Resolution | undefined): Goal {
  if (standing.kind === 'gone-back') return { kind: 'stay' };
  if (standing.kind === 'as-applied') return { kind: 'move', to: standing.original };
  if (resolution === 'current') return { kind: 'stay' };
  if (resolution === 'original') return { kind: 'move', to: standing.original };
  if (resolution === 'merged' && standing.merged !== null) return { kind: 'move', to: standing.merged };
  return { kind: 'ask' };
}

const undecided = (files: readonly string[]): ReturnType<typeof failed> =>
  failed(
    'setup-conflicts',
    `${files.join(', ')} ${plural(files.length, 'was', 'were')} edited since the setup: nothing was reverted.`,
    'Choose for each file what to keep: merged (removes only what the setup changed; not possible where both touch the same lines), original, or current.',
  );
