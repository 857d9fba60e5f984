import type { Command } from '../../preload/contract.ts';
import { ask } from '../state/actions.ts';
import { type ActionName, availability } from '../state/derive.ts';
import { addFailure, currentSession, openSearch, showTab, useWindow } from '../state/store.ts';
import { terminalOf } from '../terminal/registry.ts';

/** Carries out a menu item or an accelerator. */
export function carryOutCommand(command: Command): void {
  const session = currentSession();
  if (session === null) return;
  const when = (name: ActionName, act: () => Promise<boolean>): void => {
    const { enabled, title } = availability(session)[name];
    if (enabled) void act();
    else addFailure(name, { kind: 'not-now', message: title, remedy: null });
  };
  const { auto } = session;
  const carryOut: Record<Command, () => void> = {
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
    find: openSearch,
    'clear-terminal': () => {
      const { tab } = useWindow.getState();
      if (tab !== 'problems') terminalOf(tab)?.terminal.clear();
    },
  };
  carryOut[command]();
}
