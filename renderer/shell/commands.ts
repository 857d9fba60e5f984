import type { Command, Stream } from '#shared/contract.ts';
import { clearView } from '../log/shownRun.ts';
import { goToProblem } from '../problems/problemsStore.ts';
import { hideSetup, showSetup, useSetup } from '../setup/setupStore.ts';
import { ask } from '../state/actions.ts';
import { type ActionName, availability } from '../state/availability.ts';
import { toggleView, useDisplay } from '../state/display.ts';
import {
  addFailure,
  currentSession,
  dropFailure,
  openSearch,
  showTab,
  streamOf,
  useWindow,
} from '../state/store.ts';
import { terminalOf } from '../terminal/terminalRegistry.ts';

/** How long it is said that a command can't be carried out now, ms. */
const SAID = 6000;

const BEHIND: ReadonlySet<Command> = new Set([
  'show-server',
  'show-build',
  'show-problems',
  'next-problem',
  'previous-problem',
  'show-history',
  'toggle-log',
  'find',
  'clear-terminal',
]);

/** Carries out a menu item or an accelerator. */
export function carryOutCommand(command: Command): void {
  if (command === 'show-setup') {
    showSetup();
    return;
  }
  if (useSetup.getState().shown && BEHIND.has(command)) {
    // What the command shows lies behind the view, which takes a frame to go.
    hideSetup();
    requestAnimationFrame(() => carryOutCommand(command));
    return;
  }
  const session = currentSession();
  if (session === null) return;
  const when = (name: ActionName, act: () => Promise<boolean>): void => {
    const { enabled, title } = availability(session)[name];
    if (enabled) void act();
    else sayNotNow(name, title);
  };
  const { auto } = session;
  const carryOut: Record<Exclude<Command, 'show-setup'>, () => void> = {
    start: () => when('start', () => ask('start', {})),
    build: () => when('build', () => ask('build', {})),
    reload: () => when('reload', () => ask('reload', {})),
    restart: () => when('restart', () => ask('restart', {})),
    shutdown: () => when('shutdown', () => ask('shutdown', {})),
    'toggle-build-on-save': () => void ask('setAuto', { buildOnSave: !auto.buildOnSave }),
    'toggle-reload-after-build': () => void ask('setAuto', { reloadAfterBuild: !auto.reloadAfterBuild }),
    'show-server': () => {
      showTab('server');
      terminalOf('server')?.terminal.focus();
    },
    'show-build': () => showTab('build'),
    'show-problems': () => showTab('problems'),
    'next-problem': () => goToProblem(1),
    'previous-problem': () => goToProblem(-1),
    'show-history': () => showTab('history'),
    'toggle-log': () => {
      const stream = streamOf(useWindow.getState().tab);
      if (stream !== null) toggleView(stream);
    },
    find: openSearch,
    'clear-terminal': () => {
      const stream = streamOf(useWindow.getState().tab);
      if (stream !== null) clearStream(stream);
    },
  };
  carryOut[command]();
}

function clearStream(stream: Stream): void {
  if (useDisplay.getState().views[stream] === 'log') clearView(stream);
  else terminalOf(stream)?.terminal.clear();
}

function sayNotNow(name: ActionName, why: string): void {
  const failure = { kind: 'not-now', message: why, remedy: null };
  addFailure(name, failure);
  setTimeout(() => {
    if (useWindow.getState().failed.some((each) => each.failure === failure)) dropFailure(name);
  }, SAID);
}
