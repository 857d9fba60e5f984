import type { EngineState, SessionState } from '#shared/contract.ts';
import type { EngineFacts } from './protocol.ts';

/** Picks from the state what a bug report should know. `root` is the folder that was asked for. */
export function describeState(state: EngineState, root: string | null): EngineFacts {
  if (state.name === 'open') {
    return { root: state.session.workspace.root, facts: json(factsOf(state.session)) };
  }
  return { root, facts: json({ ...state, programs: undefined }) };
}

/** Neither sources nor what the server or a compiler wrote. */
function factsOf(session: SessionState): Record<string, unknown> {
  const { workspace, mode, graph, modules, server, build, plan, lastReload, notices, auto, blind } = session;
  return {
    workspace,
    mode,
    graph: { nodes: graph.nodes.length, order: graph.order },
    modules: Object.fromEntries(Object.entries(modules).map(([name, { state }]) => [name, state])),
    server,
    build,
    plan,
    lastReload,
    notices,
    auto,
    blind,
  };
}

/** As it will be written: without what JSON does not have. */
const json = (value: Record<string, unknown>): EngineFacts['facts'] => JSON.parse(JSON.stringify(value));
