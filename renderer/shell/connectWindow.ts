import type { Command } from '#shared/contract.ts';
import { followHistory, receiveRecorded } from '../history/historyStore.ts';
import { followLogs } from '../log/followLogs.ts';
import { receiveGrown } from '../log/runsStore.ts';
import { noteGrowth, receiveFound } from '../search/runSearchStore.ts';
import { followSetup } from '../setup/setupStore.ts';
import { askApp } from '../state/actions.ts';
import { bridge } from '../state/bridge.ts';
import { errorText } from '../state/noAnswer.ts';
import { addFailure, dropFailure, receiveApp, receivePatch, receiveState, setDark } from '../state/store.ts';
import { streams } from '../terminal/textStreams.ts';

/**
 * Subscribes the stores and the terminals to what the app and the engine send, then connects.
 * @returns what ends it all.
 */
export function connectWindow(onCommand: (command: Command) => void): () => void {
  const way = bridge();
  const ends = [
    way.onMessage((message) => {
      if (message.type === 'state') receiveState(message.state);
      else if (message.type === 'patch') receivePatch(message.patch);
      else if (message.type === 'grown') {
        receiveGrown(message);
        noteGrowth(message);
      } else if (message.type === 'found') receiveFound(message);
      else if (message.type === 'recorded') receiveRecorded(message.entry, message.more);
      else if (message.type === 'output' || message.type === 'replay')
        streams[message.stream].receive(message);
    }),
    way.onAppState(receiveApp),
    way.onCommand(onCommand),
    followTheme(),
    followLogs(),
    followSetup(),
    followHistory(),
  ];
  void askApp('appState', {});
  way.connect().then(
    () => dropFailure('connect'),
    (error: unknown) =>
      addFailure('connect', {
        kind: 'no-engine',
        message: `The window could not reach the engine: ${errorText(error)}`,
        remedy: 'Close the window and open it again.',
      }),
  );
  return () => {
    for (const end of ends) end();
  };
}

function followTheme(): () => void {
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = () => setDark(query.matches);
  follow();
  query.addEventListener('change', follow);
  return () => query.removeEventListener('change', follow);
}
