import type { BuildState } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { duration, span, uptime } from '#shared/duration.ts';
import { ask } from '../state/actions.ts';
import { labelsOf } from '../state/labels.ts';
import { neverBuilt } from '../state/moduleStates.ts';
import { useSession } from '../state/store.ts';
import { useNow } from '../ui/useNow.ts';
import { whyFailed } from './buildFailure.ts';
import { StatusPill, type Tone } from './StatusPill.tsx';

type Building = Extract<BuildState, { name: 'building' }>;

const TONES: Record<BuildState['name'], Tone> = { idle: 'idle', building: 'busy', ok: 'good', failed: 'bad' };

/** Shows what the build does, or how the last one ended. */
export function BuildStatus() {
  const build = useSession((session) => session.build);
  const never = useSession((session) => neverBuilt(session.modules));
  const suspended = useSession((session) => session.suspended);
  const labels = useSession((session) => labelsOf(session.graph));
  const now = useNow(1000, build.name === 'building');
  return (
    <StatusPill
      title="Build"
      tone={TONES[build.name]}
      word={build.name}
      aside={aside(build, now)}
      progress={progress(build)}
      hint={
        build.name === 'building' && build.waiting ? `${build.waiting.message} ${build.waiting.remedy}` : ''
      }
      {...(suspended.length === 0 ? {} : { action: <Resume suspended={suspended} /> })}
    >
      {detail(build, never, (name) => labels.get(name) ?? name)}
      {build.name === 'building' && build.usual !== null ? (
        <span className="pill-unseen"> · {usually(build.usual)}</span>
      ) : null}
    </StatusPill>
  );
}

/** What is not built on save; a click resumes it. The notice that says why may have been dismissed. */
function Resume({ suspended }: { suspended: readonly string[] }) {
  return (
    <>
      {' · '}
      <button
        type="button"
        className="link"
        title={`Nothing is built on save for ${suspended.join(', ')}. Click to resume`}
        onClick={() => void ask('resumeWatch', {})}
      >
        on save suspended
      </button>
    </>
  );
}

function detail(build: BuildState, never: boolean, labelOf: (name: string) => string): string {
  switch (build.name) {
    case 'idle':
      return never ? ' · never built' : '';
    case 'building':
      if (build.waiting !== undefined) return ` · waiting for ${build.waiting.for}`;
      return [
        '',
        build.of === null ? count(build.done, 'crate') : `${build.done} of ${build.of}`,
        ...onto(build.crates.map(labelOf)),
      ].join(' · ');
    case 'ok':
      return ` · ${duration(build.took)}`;
    case 'failed':
      return ` · ${whyFailed(build)} · ${duration(build.took)}`;
  }
}

/** The first of them is enough to see progress. */
function onto([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [others.length === 0 ? first : `${first} +${others.length}`];
}

const usually = ({ low, high }: NonNullable<Building['usual']>): string => `usually ${span(low, high)}`;

/** How long it has taken, and how long that is usual: above the rest, where there is room. */
function aside(build: BuildState, now: number): string {
  if (build.name !== 'building') return '';
  if (build.waiting !== undefined) return ` · ${uptime(now - build.waiting.since)} so far`;
  const taken = ` · ${uptime(now - build.since - (build.waited ?? 0))}`;
  return build.usual === null ? taken : `${taken}, ${usually(build.usual)}`;
}

function progress(build: BuildState) {
  if (build.name !== 'building' || build.waiting !== undefined) return null;
  return { done: build.done, of: build.of };
}
