import type { Cause } from './cause.ts';

/**
 * Why a package is built again, in the view of the build system. `output`: what it was built to is not there, because its last build
 * failed or somebody removed it; the build system looks no further then, and there may be another reason.
 */
export type Dirty = { kind: 'cause' | 'output'; cause: Cause } | { kind: 'dependency'; name: string };
