import type { EngineMessage } from '#shared/contract.ts';
import type { QuestionHandlers, RequestHandlers } from './requests.ts';
import { failed, type Result, success } from './result.ts';
import type { OpenSession } from './session/openSession.ts';

export const NO_WORKSPACE = failed('no-workspace', 'No workspace is open.', 'Open one first.');

/** A window that requests come from. */
interface Requester {
  post(message: EngineMessage): void;
}

/** Returns the answers to the requests that concern the open session. Without one, each fails with `no-workspace`. */
export function sessionHandlers(open: () => OpenSession | null, window: Requester) {
  function carryOut<Params, T>(act: (open: OpenSession, params: Params) => Result<T> | Promise<Result<T>>) {
    return async (params: Params): Promise<Result<T>> => {
      const session = open();
      return session === null ? NO_WORKSPACE : act(session, params);
    };
  }
  return {
    start: carryOut(({ actions }) => actions.start()),
    shutdown: carryOut(({ actions }) => actions.shutdown()),
    restart: carryOut(({ actions }) => actions.restart()),
    build: carryOut(({ actions }) => actions.build()),
    resumeWatch: carryOut(({ loop }) => loop.resume()),
    cancelBuild: carryOut(({ actions }) => actions.cancelBuild()),
    reload: carryOut(({ actions }, params) => actions.reload(params)),
    setAuto: carryOut(({ actions }, params) => actions.setAuto(params)),
    input: carryOut(({ actions }, params) => actions.input(params)),
    resize: carryOut(({ actions }, params) => actions.resize(params)),
    openProblem: carryOut(({ places }, params) => places.openProblem(params)),
    applySuggestion: carryOut(({ session }, params) => session.problems.apply(params)),
    openPlace: carryOut(({ places }, params) => places.openPlace(params)),
    openModule: carryOut(({ places }, params) => places.openModule(params)),
    dismissNotice: carryOut(({ actions }, params) => actions.dismissNotice(params)),
    searchLog: carryOut(({ searches }, params) =>
      searches.start(window, params, (message) => window.post(message)),
    ),
    cancelSearch: carryOut(({ searches }) => {
      searches.cancel(window);
      return success(null);
    }),
    logRuns: carryOut(({ logs }) => logs.logRuns()),
    logHits: carryOut(({ logs }, params) => logs.logHits(params)),
    readLog: carryOut(({ logs }, params) => logs.readLog(params)),
    history: carryOut(({ history }, params) => history.history(params)),
    historyRecord: carryOut(({ history }, params) => history.historyRecord(params)),
    historyList: carryOut(({ history }, params) => history.historyList(params)),
    numbers: carryOut(({ history }, params) => history.numbers(params)),
  } satisfies Partial<RequestHandlers & QuestionHandlers>;
}
