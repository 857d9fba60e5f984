import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { Choices } from './Choices.tsx';
import { Changes } from './changes/Changes.tsx';
import { Checks } from './checks/Checks.tsx';
import { KindPanel } from './KindPanel.tsx';
import { SetupHead } from './SetupHead.tsx';
import { hideSetup, useSetup } from './setupStore.ts';
import { Trouble } from './Trouble.tsx';
import './setup.css';

/**
 * Shows what the workspace needs before its modules can be swapped: above everything else, with the focus kept inside.
 */
export function SetupView() {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const report = useSetup((state) => state.report);

  // The browser keeps the focus inside, and gives it back to where it was; that is, if it is closed before it is removed.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    heading.current?.focus();
    return () => element.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="setup"
      aria-label="Setup"
      onKeyDown={keepKeys}
      onClose={hideSetup}
      onCancel={(event) => {
        event.preventDefault();
        hideSetup();
      }}
    >
      <section className="setup-panel" aria-label="Setup">
        <SetupHead heading={heading} />
        <Trouble />
        {report === null ? (
          <Waiting />
        ) : (
          <>
            {report.kind === null ? null : <KindPanel kind={report.kind} />}
            <div className="setup-body">
              <div className="setup-side">
                <Checks report={report} />
                <Choices report={report} />
              </div>
              <Changes report={report} />
            </div>
          </>
        )}
      </section>
    </dialog>
  );
}

function Waiting() {
  const failed = useSetup((state) => state.failure !== null);
  if (failed) return null;
  return (
    <div className="setup-waiting">
      <span className="spinner" aria-hidden="true" />
      <p>Checking the toolchain, manifests and linkers…</p>
    </div>
  );
}

/** Keys that would find or switch something behind the view do nothing while it is open. */
function keepKeys(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (['f', 'l'].includes(event.key.toLowerCase())) event.stopPropagation();
}
