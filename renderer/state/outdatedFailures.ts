import type { Failure, SessionState } from '#shared/contract.ts';

interface Refused {
  readonly failure: Failure;
  /** ms since the epoch. */
  readonly at: number;
}

type Facts = Pick<SessionState, 'server' | 'build' | 'mode'>;

/**
 * Tells whether the reason for which a request was refused is gone, so that its alert would no longer be true. Pure.
 */
export function isOutdated({ failure: { kind }, at }: Refused, { server, build, mode }: Facts): boolean {
  const isUp = 'pid' in server;
  switch (kind) {
    case 'not-running':
      return server.name === 'running';
    case 'already-running':
      return !isUp;
    case 'reloading':
      return server.name !== 'reloading';
    case 'building':
      return build.name !== 'building';
    case 'static':
      return mode.name !== 'static';
    case 'server-runs':
      return !isUp;
    case 'not-started':
    case 'missing-executable':
    case 'not-executable':
      return isUp || (build.name === 'ok' && build.at > at);
    case 'build-failed':
      return build.name === 'ok' && build.at > at;
    default:
      return false;
  }
}
