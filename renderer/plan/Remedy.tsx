import { useShallow } from 'zustand/react/shallow';
import type { Finding } from '#shared/contract.ts';
import { ask } from '../state/actions.ts';
import { availability } from '../state/availability.ts';
import { useSession } from '../state/store.ts';

const BUTTONS = {
  rebuild: { name: 'build', words: 'Build now' },
  restart: { name: 'restart', words: 'Restart the server' },
} as const;

/** Offers the action that helps, where the app has one. */
export function Remedy({ finding: { remedy, module } }: { finding: Finding }) {
  if (remedy === 'renew') return <RenewButton module={module} />;
  return remedy === 'rebuild' || remedy === 'restart' ? <RemedyButton {...BUTTONS[remedy]} /> : null;
}

function RemedyButton({ name, words }: (typeof BUTTONS)[keyof typeof BUTTONS]) {
  const enabled = useSession((session) => availability(session)[name].enabled);
  const title = useSession((session) => availability(session)[name].title);
  return (
    <button
      type="button"
      className="button tiny"
      disabled={!enabled}
      title={title}
      onClick={() => void ask(name, {})}
    >
      {words}
    </button>
  );
}

/** Makes the file look new to the server, and reloads. */
function RenewButton({ module }: { module: string }) {
  const { enabled, title } = useSession(
    useShallow((session) => {
      const { enabled, title } = availability(session).reload;
      return { enabled, title: enabled ? RENEW_TITLE : title };
    }),
  );
  return (
    <button
      type="button"
      className="button tiny"
      disabled={!enabled}
      title={title}
      onClick={() => void ask('reload', { modules: [module], anyway: true })}
    >
      Make it newer
    </button>
  );
}

const RENEW_TITLE = 'Touch its file (newer time), then reload';
