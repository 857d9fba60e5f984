import { type ReactNode, useId } from 'react';
import { ask } from '../../state/actions.ts';
import { currentSession, useWindow } from '../../state/store.ts';
import { useSetup } from '../setupStore.ts';

interface Props {
  readonly act: () => void;
  readonly primary?: boolean;
  /** Why it can't be done; null where it can. */
  readonly whyNotApplicable: string | null;
  /** What comes of it, beside the button. */
  readonly note?: string;
  readonly children: ReactNode;
}

/**
 * Offers the button that changes files, and says beside it why it can't be pressed now. It keeps the focus while it
 * works.
 */
export function Consent({ act, primary = false, whyNotApplicable, note, children }: Props) {
  const id = useId();
  const busy = useSetup((state) => state.busy !== null);
  const up = useServerUp();
  const reason =
    whyNotApplicable ??
    (up === null
      ? null
      : `Shut down the server first. It’s ${up}, and its code would be incompatible with the next build.`);
  const can = reason === null && !busy;
  return (
    <div className="consent">
      <button
        type="button"
        className={primary && reason === null ? 'button primary' : 'button'}
        aria-disabled={!can}
        aria-describedby={id}
        onClick={() => {
          if (can) act();
        }}
      >
        {children}
      </button>
      <span id={id}>{reason ?? note}</span>
      {whyNotApplicable === null && up !== null && up !== 'stopping' ? (
        <button type="button" className="button small" onClick={() => void ask('shutdown', {})}>
          Shut down the server
        </button>
      ) : null}
    </div>
  );
}

/** The state of a server that runs, in a word; null where none does. */
function useServerUp(): string | null {
  return useWindow(() => {
    const name = currentSession()?.server.name;
    return name === undefined || name === 'stopped' || name === 'crashed' ? null : name;
  });
}
