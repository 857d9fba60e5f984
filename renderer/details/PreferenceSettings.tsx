import type { Preferences } from '../../preload/contract.ts';
import { askApp } from '../state/actions.ts';
import { useWindow } from '../state/store.ts';
import { EditorSetting } from './EditorSetting.tsx';
import { NotifySettings } from './NotifySettings.tsx';
import { NumberSetting } from './NumberSetting.tsx';

/** As the contract has them. */
const LOG_MEGABYTES = [100, 1_000_000] as const;
const HISTORY_MEGABYTES = [16, 100_000] as const;
const DAYS = [1, 3650] as const;

/** What the user prefers here, for every workspace: the editor, and how much of logs and history is kept, what is told of. */
export function PreferenceSettings() {
  const preferences = useWindow((state) => state.app?.preferences ?? null);
  if (preferences === null) return null;
  const change = (parts: Partial<Preferences>) => void askApp('setPreferences', { ...preferences, ...parts });
  const { keepLogs, keepHistory } = preferences;
  const keep = (parts: Partial<Preferences['keepLogs']>) => change({ keepLogs: { ...keepLogs, ...parts } });
  const remember = (parts: Partial<Preferences['keepHistory']>) =>
    change({ keepHistory: { ...keepHistory, ...parts } });
  return (
    <section className="preferences" aria-label="Logs, history, editor and notifications">
      <h2>Logs, history, editor and notifications</h2>
      <p className="details-reason">
        For every workspace on this machine. Of each workspace’s logs and history, the oldest go first where
        there is more than either limit allows.
      </p>
      <dl className="facts">
        <NumberSetting
          label="Keep logs up to"
          unit="MB"
          value={keepLogs.megabytes}
          limits={LOG_MEGABYTES}
          onChange={(megabytes) => keep({ megabytes })}
        />
        <NumberSetting
          label="Keep logs for"
          unit="days"
          value={keepLogs.days}
          limits={DAYS}
          onChange={(days) => keep({ days })}
        />
        <NumberSetting
          label="Keep history up to"
          unit="MB"
          value={keepHistory.megabytes}
          limits={HISTORY_MEGABYTES}
          onChange={(megabytes) => remember({ megabytes })}
        />
        <NumberSetting
          label="Keep history for"
          unit="days"
          value={keepHistory.days}
          limits={DAYS}
          onChange={(days) => remember({ days })}
        />
        <EditorSetting chosen={preferences.editor} onChange={(editor) => change({ editor })} />
      </dl>
      <NotifySettings chosen={preferences.notify} onChange={(notify) => change({ notify })} />
    </section>
  );
}
