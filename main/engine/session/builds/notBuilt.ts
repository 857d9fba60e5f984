import type { BuildOutcome } from '../../building/buildOutcome.ts';
import { failed, type Result } from '../../result.ts';

/** Why what was to follow a build does not: a request's failure. Pure. */
export function notBuilt(outcome: Exclude<BuildOutcome, { kind: 'ok' }>): Result<never> {
  if (outcome.kind === 'cancelled') {
    return failed('build-failed', 'The build was cancelled, so the server was left alone.');
  }
  if (outcome.counts.errors > 0) {
    return failed(
      'build-failed',
      'The build failed, so the server was left alone.',
      'The errors are in the Problems tab.',
    );
  }
  return failed(
    'build-failed',
    `The build failed, so the server was left alone. ${outcome.message}`,
    "See the Build tab for cargo's output.",
  );
}
