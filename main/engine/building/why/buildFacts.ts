import type { Cause } from './cause.ts';
import type { Dirty } from './dirty.ts';

/** A saved file, relative to the workspace: whose folder it is in, null where it is nobody's, and when it was saved last. */
export interface Save {
  file: string;
  member: string | null;
  at: number;
}

/** All that is known of a build when it is over. */
export interface BuildFacts {
  compiled: ReadonlySet<string>;
  /** What the build system says of why; what it never built in this way has none. */
  dirty: ReadonlyMap<string, Dirty>;
  /** What was saved since the last build that took it in. */
  saves: readonly Save[];
  /** Which members of the workspace need which. */
  links: ReadonlyMap<string, readonly string[]>;
  /** What is another thing than at the last build, for all packages. */
  changes: readonly Cause[];
  /** Whether it had been built when the build began. */
  wasThere(name: string): boolean;
}
