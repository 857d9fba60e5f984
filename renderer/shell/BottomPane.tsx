import { type KeyboardEvent, useRef } from 'react';
import { Problems } from '../problems/Problems.tsx';
import { ask } from '../state/actions.ts';
import { count } from '../state/format.ts';
import { showTab, type Tab, useSession, useWindow } from '../state/store.ts';
import { SearchBar } from '../terminal/SearchBar.tsx';
import { TerminalPane } from '../terminal/TerminalPane.tsx';
import { TerminalTools } from '../terminal/TerminalTools.tsx';

const TABS: readonly { id: Tab; name: string }[] = [
  { id: 'server', name: 'Server' },
  { id: 'build', name: 'Build' },
  { id: 'problems', name: 'Problems' },
];

/** The terminals of the server and the build, and the problems that the build found. */
export function BottomPane() {
  const tab = useWindow((state) => state.tab);
  const searching = useWindow((state) => state.searchOpen);
  return (
    <section className="output" aria-label="Output">
      <div className="output-bar">
        <TabList tab={tab} />
        {tab === 'problems' ? null : (
          <div className="output-tools">
            {searching ? <SearchBar key={tab} stream={tab} /> : null}
            <TerminalTools stream={tab} />
          </div>
        )}
      </div>
      <div className="output-body">
        <Panel id="server" tab={tab}>
          <TerminalPane stream="server" front={tab === 'server'} />
          {tab === 'server' ? <NotRunning /> : null}
        </Panel>
        <Panel id="build" tab={tab}>
          <TerminalPane stream="build" front={tab === 'build'} />
          {tab === 'build' ? <NotBuilt /> : null}
        </Panel>
        <Panel id="problems" tab={tab}>
          {tab === 'problems' ? <Problems /> : null}
        </Panel>
      </div>
    </section>
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
  const problems = useSession((session) => session.problems.length);
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
          onClick={() => showTab(id)}
        >
          {name}
          {id === 'problems' && problems > 0 ? (
            <span className="badge" data-tone={errors ? 'bad' : 'warn'}>
              {problems}
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
    <p className="not-running">No build has run here yet; what cargo says shows up in this place.</p>
  ) : null;
}

/** Says over the terminal that nobody listens there, and what to do. */
function NotRunning() {
  const state = useSession((session) => session.server.name);
  if (state !== 'stopped' && state !== 'crashed') return null;
  return (
    <div className="not-running">
      <span>
        The server {state === 'stopped' ? 'is stopped' : 'has crashed'}: nothing reads what is typed here.
      </span>
      <button type="button" className="link" onClick={() => void ask('start', {})}>
        Start it
      </button>
    </div>
  );
}
