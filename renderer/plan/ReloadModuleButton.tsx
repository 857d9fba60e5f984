import type { ReactNode } from 'react';
import type { SessionState } from '#shared/contract.ts';
import { ask } from '../state/actions.ts';
import { SELF_RELOAD } from '../state/availability.ts';
import { useSession } from '../state/store.ts';

interface Props {
  readonly module: string;
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly tabIndex?: number;
}

/** Builds one module and what depends on it, then reloads them. */
export function ReloadModuleButton({ module, label, className, children, tabIndex }: Props) {
  const hindrance = useSession(why);
  return (
    <button
      type="button"
      className={className}
      aria-label={`Reload ${label}`}
      title={hindrance ?? `Build ${label} and what depends on it, then reload`}
      disabled={hindrance !== null}
      tabIndex={tabIndex}
      onClick={() => void ask('reload', { modules: [module] })}
    >
      {children}
    </button>
  );
}

function why({ mode, server, workspace }: SessionState): string | null {
  if (mode.name === 'static') return mode.reason;
  if (workspace.reload.by === 'self') return SELF_RELOAD;
  if (server.name === 'running') return null;
  if (server.name === 'stopped' || server.name === 'crashed') return 'The server is not running.';
  return `The server is ${server.name}: wait until it has finished.`;
}
