import { isDeepStrictEqual } from 'node:util';
import type { ModuleStatus, SessionPatch, SessionState } from '#shared/contract.ts';
import { Emitter } from './emitter.ts';

/** The one state of a session: replaced, never changed in place, and passed on as small patches. */
export class SessionStore {
  #state: SessionState;
  readonly #events = new Emitter<{ patch: [patch: SessionPatch] }>();

  constructor(initial: SessionState) {
    this.#state = initial;
  }

  /** `patch`: these parts of the state have changed. */
  readonly on = this.#events.on;

  get state(): SessionState {
    return this.#state;
  }

  /** Takes new values for some parts, and tells those that really differ. Of `modules` give all, or none. */
  set(next: SessionPatch): void {
    const patch = difference(this.#state, next);
    if (patch === null) return;
    this.#state = { ...this.#state, ...next };
    this.#events.emit('patch', patch);
  }
}

/** The parts of `next` that are not what `state` has; of the modules, the changed ones only. */
export function difference(state: SessionState, next: SessionPatch): SessionPatch | null {
  const before = new Map<string, unknown>(Object.entries(state));
  const changed = Object.entries(next).filter(([key, value]) => !isDeepStrictEqual(value, before.get(key)));
  if (changed.length === 0) return null;
  const patch: SessionPatch = Object.fromEntries(changed);
  if (patch.modules !== undefined && patch.graph === undefined) {
    patch.modules = changedModules(state.modules, patch.modules);
  }
  return patch;
}

function changedModules(
  before: Record<string, ModuleStatus>,
  after: Record<string, ModuleStatus>,
): Record<string, ModuleStatus> {
  return Object.fromEntries(
    Object.entries(after).filter(([name, status]) => !isDeepStrictEqual(before[name], status)),
  );
}

/** Two patches, one after the other, as one. */
export function mergePatches(first: SessionPatch, second: SessionPatch): SessionPatch {
  const merged = { ...first, ...second };
  // With a graph come all of its modules; without one, only those that changed.
  if (first.modules !== undefined && second.modules !== undefined && second.graph === undefined) {
    merged.modules = { ...first.modules, ...second.modules };
  }
  return merged;
}
