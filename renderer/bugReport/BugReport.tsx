import { useLayoutEffect, useRef } from 'react';
import { askApp } from '../state/actions.ts';
import { useWindow } from '../state/store.ts';
import { copyText } from '../ui/clipboard.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClose } from '../ui/icons.tsx';
import { useBriefMessage } from '../ui/useBriefMessage.ts';
import './bugReport.css';

/** Shows the bug report before it goes anywhere. The app keeps the text, and saves just that. */
export function BugReport() {
  const text = useWindow((state) => state.app?.bugReport ?? '');
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [said, say] = useBriefMessage();

  // The browser keeps the focus inside, and gives it back to where it was; that is, if it is closed before it is removed.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    heading.current?.focus();
    return () => element.close();
  }, []);

  const close = () => void askApp('closeBugReport', {});
  const copy = async () => say((await copyText(text)) ? 'Copied' : 'Could not copy');
  const save = async () => {
    if (await askApp('saveBugReport', {})) say('Saved');
  };
  return (
    <dialog
      ref={dialog}
      className="bug-report"
      aria-label="Bug report"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header>
        <h1 ref={heading} tabIndex={-1}>
          Bug report
        </h1>
        <IconButton label="Close bug report" title="Close (Escape)" onClick={close}>
          <IconClose />
        </IconButton>
      </header>
      <p>
        Your home folder, workspace folders, user name and host name have been replaced. Check the rest before
        you share it: it still contains names of crates and files. Nothing is sent anywhere.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="bug-report-text" tabIndex={0} aria-label="Bug report text">
        <pre>{text}</pre>
      </section>
      <footer>
        <span className="said" aria-live="polite">
          {said}
        </span>
        <button type="button" className="button" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" className="button primary" onClick={() => void save()}>
          Save…
        </button>
      </footer>
    </dialog>
  );
}
