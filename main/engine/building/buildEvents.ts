import type { Dirty } from './why/dirty.ts';

/** What is seen of a build while it runs, apart from its problems. */

/** A package: two versions of one are two. */
export interface CrateId {
  name: string;
  version: string;
}

export type BuildEvent =
  /** Cargo begins with a package: the first of its units. */
  | { kind: 'compiling'; crate: CrateId }
  /** A unit is there: `script` if it is a build script, as a program or its run. Null: cargo does not say whether it was. */
  | { kind: 'unit'; crate: CrateId; fresh: boolean | null; script: boolean }
  /** Cargo's own progress: how many units there are, fresh ones too, and which packages (or programs) it is on. */
  | { kind: 'count'; of: number; crates: string[] }
  /** A pass of the compiler, where it is asked to tell (`-Ztime-passes`); it does not say of which crate. */
  | { kind: 'pass'; pass: string; ms: number }
  /** Cargo says that it has to wait for a lock, and on what that is. */
  | { kind: 'blocked'; on: string }
  /** It waits, for whom is known now; or no longer (null). `waited`: ms of the waits that are over. */
  | { kind: 'waiting'; wait: BuildWait | null; waited: number }
  /** Why a package is rebuilt, in the build system's view. */
  | { kind: 'dirty'; package: string; dirty: Dirty }
  /** The build script of a package begins to run. */
  | { kind: 'script'; package: string }
  /** How long was linked: once, when the build is over. */
  | { kind: 'links'; links: LinkTimes };

/** What a build waits for, in words. */
export interface BuildWait {
  /** For a status line. */
  for: string;
  /** A sentence: what is locked, and who holds it. */
  message: string;
  /** What helps. */
  remedy: string;
}

/** Both in ms. */
export interface LinkTimes {
  /** By `keyOf` a crate: 0 if its compiler was seen and no linker below it. */
  crates: ReadonlyMap<string, number>;
  /** For how long anything was being linked. */
  whole: number;
}

export const keyOf = ({ name, version }: CrateId): string => `${name} ${version}`;
