import type { ServerState } from '#shared/contract.ts';

export type ServerStateName = ServerState['name'];

/** What can happen to a server, and who says so: the user (by a request), the server itself, or its process's end. */
export type ServerEvent =
  | 'start' // user: the process was spawned
  | 'ready' // server: it serves, its modules are mapped
  | 'reload' // user, or a signal from elsewhere: modules are being swapped
  | 'reloaded' // server: it serves again, or there was nothing to do
  | 'shutdown' // user: the shutdown signal was sent
  | 'ended' // process: exit that was asked for, or with code 0
  | 'died'; // process: any other exit

/** The one table of transitions: state and event to the next state. What is not here can't happen. */
export const TRANSITIONS: Readonly<Record<ServerStateName, Partial<Record<ServerEvent, ServerStateName>>>> = {
  stopped: { start: 'starting' },
  crashed: { start: 'starting' },
  starting: { ready: 'running', shutdown: 'stopping', ended: 'stopped', died: 'crashed' },
  running: { reload: 'reloading', shutdown: 'stopping', ended: 'stopped', died: 'crashed' },
  reloading: { reloaded: 'running', shutdown: 'stopping', ended: 'stopped', died: 'crashed' },
  // A sterner signal follows a milder one; however it ends, it was asked to.
  stopping: { shutdown: 'stopping', ended: 'stopped', died: 'stopped' },
};

/** The next state, or null where the event can't happen in this one. */
export const nextState = (state: ServerStateName, event: ServerEvent): ServerStateName | null =>
  TRANSITIONS[state][event] ?? null;
