import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Stream } from '#shared/contract.ts';
import { count, shortCount } from '#shared/count.ts';
import { LogTools } from '../log/LogTools.tsx';
import { LogView } from '../log/LogView.tsx';
import { WholeRunLine } from '../log/WholeRunLine.tsx';
import { Problems } from '../problems/Problems.tsx';
import { ProblemTools } from '../problems/ProblemTools.tsx';
import { ask } from '../state/actions.ts';
import { useDisplay } from '../state/display.ts';
import { showTab, streamOf, type Tab, useSession, useWindow } from '../state/store.ts';
import { TerminalPane } from '../terminal/TerminalPane.tsx';
import { TerminalTools } from '../terminal/TerminalTools.tsx';
import { lazyComponent } from '../ui/lazyComponent.tsx';
import { SearchBar } from './SearchBar.tsx';
import { useViewKeys } from './useViewKeys.ts';
import { ViewSwitch } from './ViewSwitch.tsx';
import './output.css';

const TABS: readonly { id: Tab; name: string }[] = [
  { id: 'server', name: 'Server' },
  { id: 'build', name: 'Build' },
  { id: 'problems', name: 'Problems' },
  { id: 'history', name: 'History' },
];

const loadHistory = () => import('../history/historyTab.ts');
const historyView = lazyComponent(async () => (await loadHistory()).HistoryView);
const historyTools = lazyComponent(async () => (await loadHistory()).HistoryTools);

function aheadOfHistory(): void {
  historyView.load();
  historyTools.load();
}

/** Shows, in tabs, what the server and the build write, the problems of the build, and the history. */
export function BottomPane() {
  const tab = useWindow((state) => state.tab);
  const section = useRef<HTMLElement>(null);
  const stream = streamOf(tab);
  useViewKeys(section);
  useEffect(() => {
    const idle = requestIdleCallback(aheadOfHistory, { timeout: 5000 });
    return () => cancelIdleCallback(idle);
  }, []);
  return (
    <section ref={section} className="output" aria-label="Output">
      <div className="output-bar">
        <TabList tab={tab} />
        {tab === 'problems' ? <ProblemTools /> : null}
        {stream === null ? null : <Tools key={stream} stream={stream} />}
        {tab === 'history' ? <historyTools.Component /> : null}
      </div>
      <div className="output-body">
        <Panel id="server" tab={tab}>
          <StreamViews stream="server" front={tab === 'server'}>
            <NotRunning />
          </StreamViews>
        </Panel>
        <Panel id="build" tab={tab}>
          <StreamViews stream="build" front={tab === 'build'}>
            <NotBuilt />
          </StreamViews>
        </Panel>
        <Panel id="problems" tab={tab}>
          {tab === 'problems' ? <Problems /> : null}
        </Panel>
        <Panel id="history" tab={tab}>
          {tab === 'history' ? <historyView.Component /> : null}
        </Panel>
      </div>
    </section>
  );
}

function Tools({ stream }: { stream: Stream }) {
  const searching = useWindow((state) => state.searchOpen);
  const view = useDisplay((display) => display.views[stream]);
  return (
    <div className="output-tools">
      <ViewSwitch stream={stream} />
      {searching ? <SearchBar stream={stream} /> : null}
      {view === 'log' ? <LogTools stream={stream} /> : <TerminalTools stream={stream} />}
    </div>
  );
}

/** A stream as terminal or as log. The terminal stays alive behind the log, but nothing is sent to it there. */
function StreamViews({
  stream,
  front,
  children,
}: {
  stream: Stream;
  front: boolean;
  children: React.ReactNode;
}) {
  const view = useDisplay((display) => display.views[stream]);
  const searching = useWindow((state) => state.searchOpen);
  const terminal = front && view === 'terminal';
  return (
    <>
      <TerminalPane stream={stream} front={terminal} />
      {terminal ? children : null}
      {terminal && searching ? <WholeRunLine stream={stream} /> : null}
      {front && view === 'log' ? <LogView stream={stream} /> : null}
    </>
  );
}

function Panel({ id, tab, children }: { id: Tab; tab: Tab; children: React.ReactNode }) {
  return (
    <div
      role="tabpanel"
      id={`panel-${id}`}
      aria-labelledby={`tab-${id}`}
      className="panel"
      aria-hidden={tab !== id}
    >
      {children}
    </div>
  );
}

function TabList({ tab }: { tab: Tab }) {
  const listed = useSession((session) => session.problems.length);
  const unlisted = useSession(({ unlistedProblems: { errors, warnings } }) => errors + warnings);
  const problems = listed + unlisted;
  const errors = useSession((session) => session.problems.some((problem) => problem.level === 'error'));
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = TABS[(TABS.findIndex(({ id }) => id === tab) + step + TABS.length) % TABS.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    showTab(next.id);
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Output" className="tabs" onKeyDown={onKeyDown}>
      {TABS.map(({ id, name }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab === id}
          aria-controls={`panel-${id}`}
          aria-label={name}
          aria-description={id === 'problems' ? count(problems, 'problem') : undefined}
          tabIndex={tab === id ? 0 : -1}
          onPointerEnter={id === 'history' ? aheadOfHistory : undefined}
          onFocus={id === 'history' ? aheadOfHistory : undefined}
          onClick={() => showTab(id)}
        >
          {name}
          {id === 'problems' && problems > 0 ? (
            <span className="badge" data-tone={errors ? 'bad' : 'warn'}>
              {shortCount(problems)}
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}

/** Says that there is no build to read about yet. */
function NotBuilt() {
  const idle = useSession((session) => session.build.name === 'idle');
  return idle ? (
    <p className="not-running">No build has run here yet. The output of cargo will appear here.</p>
  ) : null;
}

/** Says over the terminal that nobody listens there, and what to do. */
function NotRunning() {
  const state = useSession((session) => session.server.name);
  if (state !== 'stopped' && state !== 'crashed') return null;
  return (
    <div className="not-running">
      <span>The server {state === 'stopped' ? 'is stopped' : 'has crashed'}: nothing reads your input.</span>
      <button type="button" className="link" onClick={() => void ask('start', {})}>
        Start it
      </button>
    </div>
  );
}
