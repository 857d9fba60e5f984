import type { RefObject } from 'react';
import { useWindow } from '../state/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClose, IconReload } from '../ui/icons.tsx';
import { checkTally } from './checks/checkGroups.ts';
import { hideSetup, refreshSetup, useSetup } from './setupStore.ts';

/** Shows the title of the view, a summary of the checks, and the close button. */
export function SetupHead({ heading }: { heading: RefObject<HTMLHeadingElement | null> }) {
  const report = useSetup((state) => state.report);
  const looking = useSetup((state) => state.looking);
  const root = useWindow(({ engine }) =>
    engine?.name === 'open'
      ? engine.session.workspace.root
      : engine?.name === 'empty'
        ? null
        : (engine?.root ?? null),
  );
  return (
    <header className="setup-head">
      <div className="setup-title">
        <h1 ref={heading} tabIndex={-1}>
          Setup
        </h1>
        <p className="path" title={root ?? undefined}>
          {root ?? report?.root}
        </p>
      </div>
      <p className="setup-tally" role="status" aria-label="Check summary">
        {report === null ? '' : checkTally(report.checks)}
      </p>
      <button
        type="button"
        className="button small check-again"
        aria-label="Check again"
        aria-disabled={looking}
        onClick={() => {
          if (!looking) void refreshSetup();
        }}
      >
        <IconReload />
        <span className="steady">
          <span data-shown={!looking}>Check again</span>
          <span data-shown={looking} aria-hidden="true">
            Checking…
          </span>
        </span>
      </button>
      <IconButton label="Close Setup" title="Close (Escape)" onClick={hideSetup}>
        <IconClose />
      </IconButton>
    </header>
  );
}
