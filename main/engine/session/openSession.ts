import { realpath } from 'node:fs/promises';
import type { Auto, EngineMessage, Failure, Preferences, SessionPatch } from '#shared/contract.ts';
import { RecordFile } from '../building/recordFile.ts';
import { InputsFile } from '../building/why/inputsFile.ts';
import { limitsOf } from '../history/historyLimits.ts';
import { HistoryStore } from '../history/historyStore.ts';
import { LogSearch } from '../logs/search/logSearch.ts';
import { CodeCache } from '../process/codeCache.ts';
import { KnownBuilds } from '../process/knownBuilds.ts';
import { failed, messageOf, type Result, success } from '../result.ts';
import type { Running } from '../run.ts';
import type { Choices } from '../workspace/choices.ts';
import { openWorkspace } from '../workspace/open.ts';
import { placed } from '../workspace/placed.ts';
import type { Remark } from '../workspace/remark.ts';
import { readWorkspaceGraph } from '../workspace/workspaceGraph.ts';
import { workspaceId } from '../workspace/workspaceId.ts';
import { Actions } from './actions.ts';
import { byEdit } from './builds/buildTrigger.ts';
import { forecastBuild } from './builds/forecastBuild.ts';
import { LoopWatch } from './builds/loopWatch.ts';
import { initialState } from './initialState.ts';
import { noticeOfFailure, noticeOfRemark } from './notices/notices.ts';
import { Places } from './places.ts';
import { HistoryAnswers } from './recording/historyAnswers.ts';
import { LogAnswers } from './recording/logAnswers.ts';
import { Recorder } from './recording/recorder.ts';
import { type NewsMessage, Reporter } from './recording/reporter.ts';
import { Searches } from './recording/searches.ts';
import { Session } from './session.ts';
import { SessionStore } from './store.ts';
import { Triggers } from './triggers.ts';

/** An open workspace, with what acts on it. */
export interface OpenSession {
  session: Session;
  actions: Actions;
  places: Places;
  searches: Searches;
  logs: LogAnswers;
  history: HistoryAnswers;
  loop: LoopWatch;
  /** Keeps as much as these say from now on. */
  prefer(preferences: Preferences): void;
  /** Ends everything that runs; the server within about `grace` ms. */
  close(grace: number): Promise<void>;
}

interface Options {
  root: string;
  /** That it is another folder than the user named; null where it is not. */
  remark: Remark | null;
  /** What cargo says while the workspace is read goes there, and who may stop it. */
  running: Running;
  auto: Auto;
  env: NodeJS.ProcessEnv;
  /** What was chosen for this workspace in its setup. */
  choices: Choices;
  /** What went wrong before: it is told in the session. */
  failures: readonly Failure[];
  preferences(): Preferences;
  /** The folder for what is to outlast the session; null to keep nothing. */
  data: string | null;
  /** The program that searches logs. */
  searcher: URL;
  onGrowth(grown: Extract<EngineMessage, { type: 'grown' }>): void;
  onRecorded(recorded: Extract<EngineMessage, { type: 'recorded' }>): void;
  onPatch(patch: SessionPatch): void;
  onNews(message: NewsMessage): void;
  onAuto(auto: Auto): void;
}

/** Keeps as much as the user wants, and sees what other instances of the app write. */
function openHistory(
  data: string,
  workspace: string,
  { keepHistory }: Preferences,
  onFailure: (failure: Failure) => void,
): HistoryStore {
  const store = new HistoryStore({ data, workspace, limits: limitsOf(keepHistory), onFailure });
  store.follow();
  return store;
}

/** So long after opening, when all else is done, what looks into logs is made ready. */
const CALM_MS = 1000;

/** Reads a workspace and begins to watch it. Errors: those of openWorkspace, and cycles in the graph. */
export async function openSession({
  root,
  remark,
  running,
  auto,
  env,
  choices,
  failures,
  preferences,
  data,
  searcher,
  onGrowth,
  onRecorded,
  onPatch,
  onNews,
  onAuto,
}: Options): Promise<Result<OpenSession>> {
  try {
    const folder = await realpath(root).catch(() => root);
    const records = new RecordFile(data, workspaceId(folder));
    const [opened, made] = await Promise.all([
      openWorkspace(folder, env, choices.current, running),
      records.read(),
    ]);
    if (!opened.ok) return opened;
    const workspace = placed(opened.value, made);
    const graph = readWorkspaceGraph(workspace);
    if (!graph.ok) return graph;
    const logs = {
      data,
      workspace: workspaceId(workspace.root),
      keep: preferences().keepLogs,
    };
    const cache = new CodeCache();
    const builds = new KnownBuilds(cache, data, logs.workspace);
    await builds.load();
    let history: HistoryStore | null = null;
    const store = new SessionStore(initialState(workspace, graph.value, auto));
    store.on('patch', onPatch);
    const reporter = new Reporter(store, onNews);
    const session: Session = new Session({
      workspace,
      graph: graph.value,
      store,
      env,
      choices,
      made,
      records,
      inputs: new InputsFile(data, logs.workspace),
      code: { cache, builds },
      logs,
      forecast: async (files) => (history === null ? null : forecastBuild(session, history, files)),
    });
    session.logbook.on('growth', onGrowth);
    if (remark !== null) session.notices.add(noticeOfRemark(remark));
    for (const failure of failures) session.notices.add(noticeOfFailure(failure));
    const onFailure = (failure: Failure): void => session.notices.add(noticeOfFailure(failure));
    history = data === null ? null : openHistory(data, logs.workspace, preferences(), onFailure);
    history?.onRecorded((entry, more) => onRecorded({ type: 'recorded', entry, more }));
    const recorder = history && new Recorder(session, history);
    const search = new LogSearch(searcher);
    const warmingUp = setTimeout(() => search.warmUp(), CALM_MS);
    const searches = new Searches(session.logbook.store, search);
    const actions = new Actions(session, onAuto);
    const places = new Places(session, preferences);
    const loop = new LoopWatch(session, (file) => void actions.buildChange(byEdit(file)));
    const triggers = new Triggers(session, actions, loop);
    const looked = session.definition.readEarlierBuild().then(() => session.refresh());
    await Promise.all([triggers.ready, looked, session.logbook.restore()]);
    const prefer = ({ keepLogs, keepHistory }: Preferences): void => {
      session.logbook.keep(keepLogs);
      history?.limit(limitsOf(keepHistory));
    };
    const close = async (grace: number): Promise<void> => {
      clearTimeout(warmingUp);
      loop.close();
      await Promise.all([triggers.close(), search.close()]);
      await session.close(grace);
      reporter.close();
      await recorder?.close();
      await history?.close();
    };
    return success({
      session,
      actions,
      places,
      searches,
      logs: new LogAnswers(session.logbook.store, search),
      history: new HistoryAnswers(history),
      loop,
      prefer,
      close,
    });
  } catch (error) {
    return failed('open', `The workspace can't be opened: ${messageOf(error)}.`);
  }
}
