import type { Auto, Mode, ReloadBy, ServerState } from '#shared/contract.ts';
import type { BuildOutcome } from '../../building/buildOutcome.ts';

interface Facts {
  outcome: BuildOutcome['kind'];
  auto: Pick<Auto, 'reloadAfterBuild'>;
  server: ServerState['name'];
  mode: Mode['name'];
  by: ReloadBy['by'];
}

/** Whether a build that is over is to be followed by a reload, if that brings in anything. Pure. */
export const reloadsAfterBuild = ({ outcome, auto, server, mode, by }: Facts): boolean =>
  outcome === 'ok' && auto.reloadAfterBuild && server === 'running' && mode !== 'static' && by !== 'self';
