/** What is said of a build that waits for a lock of cargo's. Pure. */
import { isFromShell, type LockHolder } from './lockHolder.ts';

export interface LockWait {
  /** What is locked, in cargo's words: `build directory`, `artifact directory`, `package cache`. Null: it did not say. */
  what: string | null;
  /** Null: it can't be seen. */
  holder: LockHolder | null;
}

/** For a status line: `rust-analyzer`, `another cargo`, `the lock on the package cache`. */
export function waitsFor({ what, holder }: LockWait): string {
  switch (holder?.kind) {
    case 'rust-analyzer':
      return 'rust-analyzer';
    case 'hotdeck':
      return 'a cargo of Hotdeck';
    case 'cargo':
      return 'another cargo';
    case 'other':
      return holder.command;
    default:
      return `the lock on ${lockedIn(what)}`;
  }
}

const lockedIn = (what: string | null): string => (what === null ? 'a folder of cargo' : `the ${what}`);

/** A sentence: what is locked, and who holds it. */
export function waitMessage({ what, holder }: LockWait): string {
  const lock = what === null ? 'a lock of cargo' : `the lock on the ${what}`;
  if (holder === null) return `The build waits for ${lock}. Who holds it can't be seen from here.`;
  return `The build waits for ${lock}, which ${fullName(holder)} holds.`;
}

function fullName(holder: LockHolder): string {
  const { kind, command, pid, startedBy } = holder;
  if (kind === 'rust-analyzer') return `rust-analyzer (${command}, process ${pid})`;
  if (kind === 'hotdeck') return `${command} that Hotdeck started (process ${pid})`;
  const by = startedBy === null ? '' : `, started by ${startedBy}`;
  return isFromShell(holder)
    ? `${command} in a terminal (process ${pid}${by})`
    : `${command} (process ${pid}${by})`;
}

/** What helps. */
export function waitRemedy({ what, holder }: LockWait): string {
  if (what === 'package cache') return 'It goes on when that has read or downloaded its packages.';
  if (holder?.kind === 'rust-analyzer')
    return 'Set rust-analyzer.cargo.targetDir to true in your editor: it then builds in a folder of its own, and neither waits for the other. This build goes on when it is done.';
  return holder === null ? 'The build goes on when the lock is free.' : 'The build goes on when that ends.';
}
