import type { BuildState } from '../../preload/contract.ts';
import { neverBuilt } from '../state/derive.ts';
import { count, duration, uptime } from '../state/format.ts';
import { useSession } from '../state/store.ts';
import { useNow } from '../state/useNow.ts';
import { StatusPill, type Tone } from './StatusPill.tsx';

const TONES: Record<BuildState['name'], Tone> = { idle: 'idle', building: 'busy', ok: 'good', failed: 'bad' };

/** What the build does, or how the last one ended. */
export function BuildStatus() {
  const build = useSession((session) => session.build);
  const never = useSession((session) => neverBuilt(session.modules));
  const now = useNow(1000, build.name === 'building');
  return (
    <StatusPill title="Build" tone={TONES[build.name]} word={build.name}>
      {detail(build, never, now)}
    </StatusPill>
  );
}

function detail(build: BuildState, never: boolean, now: number): string {
  switch (build.name) {
    case 'idle':
      return never ? ' · never built' : '';
    case 'building':
      return ` · ${count(build.done, 'crate')} · ${uptime(now - build.since)}`;
    case 'ok':
      return ` · ${duration(build.took)}`;
    case 'failed':
      return ` · ${count(build.errors, 'error')} · ${duration(build.took)}`;
  }
}
