/** Words for a build that waits for one of cargo's locks. Pure. */
import type { BuildWait } from '../building/buildEvents.ts';
import type { LockHolder } from './lockHolder.ts';

export interface LockWait {
  /** What is locked, in cargo's words: `build directory`, `artifact directory`, `package cache`. Null: it did not say. */
  what: string | null;
  /** Null: it can't be seen. */
  holder: LockHolder | null;
}

/** All that is said of a wait. */
export const wordsOf = (wait: LockWait): BuildWait => ({
  for: waitsFor(wait),
  message: waitMessage(wait),
  remedy: waitRemedy(wait),
});

/** For a status line: `rust-analyzer`, `another cargo`, `the lock on the package cache`. */
export function waitsFor({ what, holder }: LockWait): string {
  switch (holder?.kind) {
    case 'rust-analyzer':
      return 'rust-analyzer';
    case 'hotdeck':
      return 'a cargo started by Hotdeck';
    case 'cargo':
      return 'another cargo';
    case 'other':
      return holder.command;
    default:
      return what === null ? 'a cargo lock' : `the lock on the ${what}`;
  }
}

/** A sentence: what is locked, and who holds it. */
export function waitMessage({ what, holder }: LockWait): string {
  const lock = what === null ? 'a cargo lock' : `the lock on the ${what}`;
  if (holder === null) return `The build is waiting for ${lock}. Hotdeck can't see which process holds it.`;
  return `The build is waiting for ${lock}, held by ${fullName(holder)}.`;
}

function fullName({ kind, command, pid, startedBy }: LockHolder): string {
  if (kind === 'rust-analyzer') return `rust-analyzer (${command}, process ${pid})`;
  if (kind === 'hotdeck') return `${command} (process ${pid}, started by Hotdeck)`;
  return `${command} (process ${pid}${startedBy === null ? '' : `, started by ${startedBy}`})`;
}

/** What helps. */
export function waitRemedy({ what, holder }: LockWait): string {
  if (holder === null) return 'The build continues when the lock is free.';
  // All cargos share the package cache, wherever they build.
  if (holder.kind === 'rust-analyzer' && what !== 'package cache')
    return "Set rust-analyzer.cargo.targetDir to true in your editor: it then builds in its own folder, and the two builds don't wait for each other. This build continues when rust-analyzer releases the lock.";
  return 'The build continues when the process that holds the lock releases it.';
}
