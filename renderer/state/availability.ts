import type { Plan, SessionState } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { anyLoaded, neverBuilt } from './moduleStates.ts';

export type ActionName = 'build' | 'cancelBuild' | 'start' | 'reload' | 'restart' | 'shutdown';

export interface Availability {
  readonly enabled: boolean;
  /** What it does, or why it can't be done now. */
  readonly title: string;
}

const can = (title: string): Availability => ({ enabled: true, title });
const cannot = (title: string): Availability => ({ enabled: false, title });

type Facts = Pick<SessionState, 'workspace' | 'mode' | 'server' | 'build' | 'plan' | 'modules' | 'graph'>;

/** Why a server that does so can't be told to reload. */
export const SELF_RELOAD =
  'This server reloads by itself when a library file changes: build to load new code';

/** Counts the modules that a reload would bring in changed: some may come back as they were. */
export const changesIn = ({ unload, unchanged }: Pick<Plan, 'unload' | 'unchanged'>): number =>
  unload.length - unchanged.length;

/** Tells which of the toolbar's buttons can be pressed, and why not. */
export function availability(session: Facts): Record<ActionName, Availability> {
  const { workspace, mode, server, build } = session;
  const up = server.name === 'running';
  const down = server.name === 'stopped' || server.name === 'crashed';
  const building = build.name === 'building';
  const busy = `The server is ${server.name}: wait until it has finished.`;
  const notUp = down ? 'The server is not running.' : busy;
  return {
    build: building ? cannot('A build is running.') : can('Build the workspace'),
    cancelBuild: building ? can('Stop the build') : cannot('No build is running.'),
    start: down ? can('Start the server') : cannot(up ? 'The server is running.' : busy),
    reload:
      mode.name === 'static'
        ? cannot(mode.reason)
        : workspace.reload.by === 'self'
          ? cannot(SELF_RELOAD)
          : !up
            ? cannot(notUp)
            : building
              ? cannot('A build is running: reload when it has finished.')
              : can(reloadTitle(session)),
    restart: up ? can('Shut down the server and start it again') : cannot(notUp),
    shutdown: down
      ? cannot('The server is not running.')
      : can(server.name === 'stopping' ? 'Ask again' : 'Shut down the server'),
  };
}

function reloadTitle(facts: Facts): string {
  const { plan } = facts;
  const n = changesIn(plan);
  const asks = confirmationText(plan);
  if (asks !== null) return asks;
  if (n === 0) {
    if (plan.notTaken.length > 0)
      return 'Would swap nothing: the server doesn’t see the stale modules as changed; see the reload plan';
    if (plan.leftBehind.length > 0)
      return 'Would swap nothing: the server’s reload rule doesn’t include the stale modules; see the reload plan';
    return anyLoaded(facts)
      ? 'Nothing is stale: every loaded module is the one on disk'
      : 'No module is loaded';
  }
  return `Swap ${count(n, 'module')}: see the reload plan`;
}

/** Returns how severe the matter is that a reload asks about first; null where it is done at once. */
export function confirmationSeverity(plan: Plan): 'blocking' | 'warning' | null {
  if (plan.findings.some((finding) => finding.severity === 'blocking')) return 'blocking';
  return plan.restart.length > 0 ? 'warning' : null;
}

/** Words what a reload asks about first; null where it is done at once. */
export function confirmationText(plan: Plan): string | null {
  const n = plan.findings.filter((finding) => finding.severity === 'blocking').length;
  if (n > 0) return `Asks first: ${count(n, 'thing is', 'things are')} in the way, see the reload plan`;
  return confirmationSeverity(plan) === null
    ? null
    : 'Asks first: the changes need a restart; see the reload plan';
}

/** Returns the one action that the toolbar puts forward, if any. */
export function primaryAction(session: Facts): ActionName | null {
  const { mode, server, build, plan } = session;
  if (build.name === 'building') return null;
  if (server.name === 'stopped' || server.name === 'crashed')
    return neverBuilt(session.modules) ? 'build' : 'start';
  if (server.name !== 'running') return null;
  const remedy = plan.findings.find((finding) => finding.severity === 'blocking')?.remedy;
  if (remedy === 'rebuild') return 'build';
  if (remedy === 'restart') return 'restart';
  if (plan.restart.length > 0) return 'restart';
  // What would not go once is not likely to go now.
  if (plan.unload.some((name) => session.modules[name]?.state === 'stuck')) return 'restart';
  if (changesIn(plan) > 0)
    return mode.name === 'modules' && session.workspace.reload.by !== 'self' ? 'reload' : null;
  return plan.findings.some((finding) => finding.kind === 'torn') ? 'build' : null;
}
