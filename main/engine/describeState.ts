import type { EngineState, HistoryRecord, SessionState } from '#shared/contract.ts';
import type { EngineFacts } from './protocol.ts';
import type { HistoryAnswers } from './session/recording/historyAnswers.ts';

/** The part of the history's answers that is asked here. */
type History = Pick<HistoryAnswers, 'historyList' | 'historyRecord'>;

/** Reads the record of the last reload, of an earlier session too; null where there is none, or it can't be read. */
export async function lastReload(history: History): Promise<HistoryRecord | null> {
  const question = { kinds: ['reload' as const], wrong: false, first: null, around: null, most: 1 };
  const list = await history.historyList(question);
  const id = list.ok ? list.value.items.at(-1)?.entry.id : undefined;
  if (id === undefined) return null;
  const found = await history.historyRecord({ id });
  return found.ok ? found.value.record : null;
}

/**
 * Picks from the state what a bug report should know. `root` is the folder that was asked for, `reload` the record of the
 * last reload; one that is under way, or was not recorded, is taken from the state.
 */
export function describeState(
  state: EngineState,
  root: string | null,
  reload: HistoryRecord | null,
): EngineFacts {
  if (state.name === 'open') {
    const facts = factsOf(state.session);
    return {
      root: state.session.workspace.root,
      facts: json({ ...facts, lastReload: reload ?? facts.lastReload }),
    };
  }
  return { root, facts: json({ ...state, programs: undefined }) };
}

/** Neither sources nor what the server or a compiler wrote. */
function factsOf(session: SessionState) {
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
