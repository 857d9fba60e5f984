import type { Finding } from '../../preload/contract.ts';
import { ask } from '../state/actions.ts';
import { availability } from '../state/derive.ts';
import { useSession } from '../state/store.ts';

const BUTTONS = {
  rebuild: { name: 'build', words: 'Build now' },
  restart: { name: 'restart', words: 'Restart the server' },
} as const;

/** The button that does what helps, where one of the app's actions is that. */
export function Remedy({ finding: { remedy } }: { finding: Finding }) {
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
