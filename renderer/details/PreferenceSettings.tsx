import type { Preferences } from '../../preload/contract.ts';
import { askApp } from '../state/actions.ts';
import { useWindow } from '../state/store.ts';
import { EditorSetting } from './EditorSetting.tsx';
import { NotifySettings } from './NotifySettings.tsx';
import { NumberSetting } from './NumberSetting.tsx';

const MEGABYTES = [10, 1_000_000] as const;
const DAYS = [1, 3650] as const;

/** What the user prefers here, for every workspace: the editor, and how much of the logs is kept, what is told of. */
export function PreferenceSettings() {
  const preferences = useWindow((state) => state.app?.preferences ?? null);
  if (preferences === null) return null;
  const change = (parts: Partial<Preferences>) => void askApp('setPreferences', { ...preferences, ...parts });
  const keep = (parts: Partial<Preferences['keepLogs']>) =>
    change({ keepLogs: { ...preferences.keepLogs, ...parts } });
  return (
    <section className="preferences" aria-label="Logs and editor">
      <h2>Logs and editor</h2>
      <p className="details-reason">
        For every workspace on this machine. Of each workspace’s logs, the oldest go first where there is more
        than either limit allows.
      </p>
      <dl className="facts">
        <NumberSetting
          label="Keep logs up to"
          unit="MB"
          value={preferences.keepLogs.megabytes}
          limits={MEGABYTES}
          onChange={(megabytes) => keep({ megabytes })}
        />
        <NumberSetting
          label="Keep logs for"
          unit="days"
          value={preferences.keepLogs.days}
          limits={DAYS}
          onChange={(days) => keep({ days })}
        />
        <EditorSetting chosen={preferences.editor} onChange={(editor) => change({ editor })} />
      </dl>
      <NotifySettings chosen={preferences.notify} onChange={(notify) => change({ notify })} />
    </section>
  );
}
