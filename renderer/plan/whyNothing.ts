import type { SessionState } from '#shared/contract.ts';
import { count, plural } from '#shared/count.ts';
import { anyLoaded, neverBuilt } from '../state/moduleStates.ts';
import { whyNoModules } from './whyNoModules.ts';

export interface Nothing {
  /** Why there is nothing to reload. */
  readonly message: string;
  /** What to do, or what else to know; null where there is nothing to add. */
  readonly hint: string | null;
  /** Whether a reload can be forced all the same. */
  readonly anyway: boolean;
}

type Facts = Pick<
  SessionState,
  'workspace' | 'plan' | 'mode' | 'server' | 'build' | 'modules' | 'edited' | 'graph' | 'blind'
>;

/** Says why a plan is empty. */
export function whyNothing(session: Facts): Nothing {
  const { workspace, plan, mode, server, build, modules, edited, graph } = session;
  const say = (message: string, hint: string | null, anyway = false): Nothing => ({ message, hint, anyway });
  if (mode.name === 'static') return say(mode.reason, mode.remedy);
  const none = whyNoModules(graph);
  if (none?.remedy === 'build') return say(`${none.title} ${none.more}`, 'Build the workspace.');
  if (none !== null) {
    return say(`Nothing can be reloaded. ${none.title} ${none.more}`, 'The setup shows what is missing.');
  }
  if (neverBuilt(modules))
    return say('Never built: there is nothing to load yet.', 'Build the workspace, then start the server.');
  switch (server.name) {
    case 'stopped':
      return say('The server is stopped: nothing is loaded.', whenToStart(build));
    case 'crashed':
      return say(
        'The server has crashed: nothing is loaded.',
        'Its last output is in the Server tab. Start it again to load the modules on disk.',
      );
    case 'starting':
      return say('The server is starting.', null);
    case 'stopping':
      return say('The server is stopping.', null);
    case 'reloading':
      return say('A reload is running.', null);
    case 'running':
      if (!anyLoaded(session))
        return say(`Nothing to reload${asFarAsKnown(session)}: no module is loaded.`, null);
      return say(
        `Nothing to reload${asFarAsKnown(session)}: every loaded module is the one on disk.${alsoSwapped(session)}`,
        pending(edited, build),
        workspace.reload.by !== 'self' && (workspace.newness !== 'content' || plan.unload.length > 0),
      );
  }
}

/** What a reload would swap all the same. */
function alsoSwapped({ plan }: Facts): string {
  if (plan.unload.length === 0) return '';
  return plan.rule === 'all'
    ? ' A reload closes and opens all of them all the same.'
    : ' A reload would swap some of them for the same code: their files look new to the server.';
}

/** Says what "Reload anyway" does. */
export function howAnyway({ workspace, plan }: Pick<SessionState, 'workspace' | 'plan'>): string {
  if (plan.unload.length > 0) {
    return 'Swaps modules for the same code, as new instances: what their statics hold is lost.';
  }
  return workspace.newness === 'newer-time'
    ? 'Gives the same library files a newer time (touch), so that the server takes them for new.'
    : 'Gives the same library files a new inode (copied, renamed over), so that the server takes them for new.';
}

/** Where the maps can't be read, what is loaded is known from the log alone. */
const asFarAsKnown = ({ blind }: Facts): string => (blind === null ? '' : ', as far as the log tells');

function whenToStart(build: SessionState['build']): string {
  if (build.name === 'building') return 'A build is running; start the server when it has finished.';
  return 'Start it to load the modules on disk.';
}

/** What is on disk may yet be behind what was saved. */
function pending(edited: readonly string[], build: SessionState['build']): string | null {
  if (build.name === 'building') return 'A build is running; modules it replaces become stale.';
  if (build.name === 'failed')
    return 'The last build failed, so the files on disk are from an earlier build.';
  if (edited.length === 0) return null;
  return `${count(edited.length, 'file was', 'files were')} saved since the last build and ${plural(edited.length, 'is', 'are')} not in it: build first.`;
}
