import type { Preferences } from '#shared/contract.ts';
import { askApp } from '../../state/actions.ts';
import { useWindow } from '../../state/store.ts';
import { EditorSetting } from './EditorSetting.tsx';
import { KeepSettings } from './KeepSettings.tsx';
import { NotifySettings } from './NotifySettings.tsx';

/** As the contract has them. */
const LOG_MEGABYTES = [100, 1_000_000] as const;
const HISTORY_MEGABYTES = [16, 100_000] as const;

/** Edits the preferences for all workspaces: the editor, the size of logs and history, and notifications. */
export function PreferenceSettings() {
  const preferences = useWindow((state) => state.app?.preferences ?? null);
  if (preferences === null) return null;
  const change = (parts: Partial<Preferences>) => void askApp('setPreferences', { ...preferences, ...parts });
  return (
    <section className="preferences" aria-label="Logs, history, editor and notifications">
      <h2>Logs, history, editor and notifications</h2>
      <p className="details-reason">
        Applies to all workspaces on this machine. When a workspace’s logs or history exceed a limit, the
        oldest data is deleted first.
      </p>
      <dl className="facts">
        <KeepSettings
          what="logs"
          kept={preferences.keepLogs}
          megabytes={LOG_MEGABYTES}
          onChange={(keepLogs) => change({ keepLogs })}
        />
        <KeepSettings
          what="history"
          kept={preferences.keepHistory}
          megabytes={HISTORY_MEGABYTES}
          onChange={(keepHistory) => change({ keepHistory })}
        />
        <EditorSetting chosen={preferences.editor} onChange={(editor) => change({ editor })} />
      </dl>
      <NotifySettings chosen={preferences.notify} onChange={(notify) => change({ notify })} />
    </section>
  );
}
