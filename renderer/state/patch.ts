import type { EngineMessage, EngineState, SessionState } from '#shared/contract.ts';

/** Parts of a session that changed, as they arrive. */
export type Patch = Extract<EngineMessage, { type: 'patch' }>['patch'];

/**
 * Returns the session with the changed parts put in. `modules` is merged by name, since a patch carries the changed
 * ones only; every other part is replaced. Parts that did not change stay the same objects.
 */
export function patchSession(session: SessionState, patch: Patch): SessionState {
  return {
    workspace: patch.workspace ?? session.workspace,
    mode: patch.mode ?? session.mode,
    graph: patch.graph ?? session.graph,
    modules: modulesAfter(session, patch),
    server: patch.server ?? session.server,
    build: patch.build ?? session.build,
    plan: patch.plan ?? session.plan,
    lastReload: patch.lastReload === undefined ? session.lastReload : patch.lastReload,
    problems: patch.problems ?? session.problems,
    unlistedProblems: patch.unlistedProblems ?? session.unlistedProblems,
    notices: patch.notices ?? session.notices,
    auto: patch.auto ?? session.auto,
    editors: patch.editors ?? session.editors,
    runs: patch.runs ?? session.runs,
    blind: patch.blind === undefined ? session.blind : patch.blind,
    edited: patch.edited ?? session.edited,
    programs: patch.programs ?? session.programs,
    suspended: patch.suspended ?? session.suspended,
  };
}

function modulesAfter(session: SessionState, patch: Patch): SessionState['modules'] {
  const merged = patch.modules === undefined ? session.modules : { ...session.modules, ...patch.modules };
  if (patch.graph === undefined) return merged;
  // A new graph says which nodes exist: statuses of those that went are dropped with them.
  const alive = new Set(patch.graph.nodes.map((node) => node.name));
  return Object.fromEntries(Object.entries(merged).filter(([name]) => alive.has(name)));
}

/**
 * Returns the engine's state after a patch; a patch that arrives while no session is open has nothing to change.
 */
export function patchEngine(state: EngineState | null, patch: Patch): EngineState | null {
  if (state?.name !== 'open') return state;
  return { name: 'open', session: patchSession(state.session, patch) };
}
