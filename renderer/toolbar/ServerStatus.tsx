import type { Halted, ServerState } from '#shared/contract.ts';
import { uptime } from '#shared/duration.ts';
import { useSession } from '../state/store.ts';
import { useNow } from '../ui/useNow.ts';
import { StatusPill, type Tone } from './StatusPill.tsx';

const TONES: Record<ServerState['name'], Tone> = {
  stopped: 'idle',
  starting: 'busy',
  running: 'good',
  reloading: 'busy',
  stopping: 'busy',
  crashed: 'bad',
};

/** Shows what the server does, and since when. */
export function ServerStatus() {
  const server = useSession((session) => session.server);
  const now = useNow(1000, 'pid' in server);
  return (
    <StatusPill
      title="Server"
      tone={'halted' in server && server.halted !== undefined ? 'warn' : TONES[server.name]}
      word={server.name}
      hint={server.name === 'running' ? (server.witness ?? '') : ''}
    >
      {detail(server, now)}
    </StatusPill>
  );
}

function detail(server: ServerState, now: number): string {
  switch (server.name) {
    case 'stopped':
      return '';
    case 'crashed':
      return server.signal === null ? ` · exit code ${server.code ?? 'unknown'}` : ` · ${server.signal}`;
    case 'stopping':
      return `${standing(server)} · pid ${server.pid} · ${server.signal} sent${patience(server.until - now)}`;
    default:
      return `${standing(server)} · pid ${server.pid} · ${uptime(now - server.since)}`;
  }
}

/** A process that stands still, in the kernel's letter. */
const standing = ({ halted }: { halted?: Halted | undefined }): string =>
  halted === undefined ? '' : halted === 'T' ? ' · stopped (T)' : ' · stopped by a debugger (t)';

const patience = (left: number) => (left > 0 ? `, ${Math.ceil(left / 1000)} s left` : '');
