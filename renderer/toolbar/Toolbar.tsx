import { type ReactNode, useLayoutEffect } from 'react';
import { SetupButton } from '../setup/SetupButton.tsx';
import { ask } from '../state/actions.ts';
import {
  type ActionName,
  availability,
  changesIn,
  confirmationSeverity,
  confirmationText,
  primaryAction,
  SELF_RELOAD,
} from '../state/availability.ts';
import { useSession, useWindow } from '../state/store.ts';
import { IconStop, IconWarn } from '../ui/icons.tsx';
import { Switch } from '../ui/Switch.tsx';
import { BuildStatus } from './BuildStatus.tsx';
import { ServerStatus } from './ServerStatus.tsx';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';
import './toolbar.css';
import { modifierKey } from '../ui/modifierKey.ts';

/** Shows the workspace, its state, and what can be done. */
export function Toolbar() {
  const open = useWindow((state) => state.engine?.name === 'open');
  return (
    <header className="toolbar">
      <div className="toolbar-state">
        <WorkspaceMenu />
        {open ? <OpenState /> : null}
      </div>
      {open ? <Actions /> : null}
    </header>
  );
}

function OpenState() {
  return (
    <>
      <SetupButton className="button bare" />
      <div className="pills">
        <ServerStatus />
        <BuildStatus />
      </div>
      <Switches />
    </>
  );
}

function Actions() {
  const building = useSession((session) => session.build.name === 'building');
  // For what is drawn more simply while cargo wants every core.
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.toggleAttribute('data-building', building);
    return () => root.removeAttribute('data-building');
  }, [building]);
  return (
    <div className="actions" role="toolbar" aria-label="Actions">
      <Action name="build" onClick={() => void ask('build', {})}>
        Build
      </Action>
      {building ? (
        <Action name="cancelBuild" label="Cancel build" onClick={() => void ask('cancelBuild', {})}>
          Cancel
        </Action>
      ) : null}
      <span className="actions-gap" aria-hidden="true" />
      <Action name="start" onClick={() => void ask('start', {})}>
        Start
      </Action>
      <ReloadAction />
      <Action name="restart" onClick={() => void ask('restart', {})}>
        Restart
      </Action>
      <Action name="shutdown" onClick={() => void ask('shutdown', {})}>
        Shut down
      </Action>
    </div>
  );
}

/** With the number of modules that it would swap, and a mark where it will ask before it does. */
function ReloadAction() {
  const stale = useSession((session) => changesIn(session.plan));
  const asks = useSession((session) => confirmationText(session.plan));
  const about = useSession((session) => confirmationSeverity(session.plan));
  return (
    <Action name="reload" description={asks} onClick={() => void ask('reload', {})}>
      {about === null ? null : (
        <span className="asks-first" data-severity={about}>
          {about === 'blocking' ? <IconStop /> : <IconWarn />}
        </span>
      )}
      Reload
      {stale > 0 ? (
        <>
          {' '}
          <span className="badge">{stale}</span>
        </>
      ) : null}
    </Action>
  );
}

interface ActionProps {
  readonly name: ActionName;
  /** Its accessible name, where that says more than the text on it. */
  readonly label?: string;
  /** Told to those who don't see the mark. */
  readonly description?: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Action({ name, label, description = null, onClick, children }: ActionProps) {
  const { enabled, title } = useAvailability(name);
  const primary = useSession((session) => primaryAction(session) === name);
  return (
    <button
      type="button"
      className={primary ? 'button primary' : 'button'}
      data-action={name}
      aria-label={label}
      disabled={!enabled}
      aria-description={description ?? undefined}
      title={enabled ? `${title}${accelerator(name)}` : title}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

const KEYS: Partial<Record<ActionName, string>> = { build: 'B', reload: 'R', restart: 'Shift+R' };

/** The keys of the menu item that does the same. */
function accelerator(name: ActionName): string {
  const key = KEYS[name];
  if (key === undefined) return '';
  return ` (${modifierKey()}+${key})`;
}

function useAvailability(name: ActionName) {
  const enabled = useSession((session) => availability(session)[name].enabled);
  const title = useSession((session) => availability(session)[name].title);
  return { enabled, title };
}

function Switches() {
  const auto = useSession((session) => session.auto);
  const isSelf = useSession((session) => session.workspace.reload.by === 'self');
  return (
    <div className="switches">
      <Switch
        label="Build on save"
        title="Build whenever a source file of the workspace is saved"
        on={auto.buildOnSave}
        onChange={(buildOnSave) => void ask('setAuto', { buildOnSave })}
      />
      <Switch
        label="Reload after build"
        title={isSelf ? SELF_RELOAD : 'Reload stale modules whenever a build succeeds'}
        on={isSelf || auto.reloadAfterBuild}
        disabled={isSelf}
        onChange={(reloadAfterBuild) => void ask('setAuto', { reloadAfterBuild })}
      />
    </div>
  );
}
