import type { Stream } from '#shared/contract.ts';
import { askApp } from '../state/actions.ts';
import { setColors, setTimes, setWrap, TIME_FORMS, type TimeForm, useDisplay } from '../state/display.ts';
import { openSearch } from '../state/store.ts';
import { copyText } from '../ui/clipboard.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClear, IconColors, IconCopy, IconFind, IconSave, IconWrap } from '../ui/icons.tsx';
import { PopupMenu } from '../ui/PopupMenu.tsx';
import { useBriefMessage } from '../ui/useBriefMessage.ts';
import { filterOf } from './logFilters.ts';
import { useLogView } from './logViewStore.ts';
import { readAll } from './readAllRecords.ts';
import { clearView, useShownRun } from './shownRun.ts';

const FORMS: Readonly<Record<TimeForm, string>> = {
  local: 'Local time',
  utc: 'UTC',
  written: 'As written',
  run: 'Since the start',
  ago: 'Ago',
};

const SAVE = {
  text: { label: 'Save as text\u2026', hint: 'All lines, without colors' },
  raw: { label: 'Save as written\u2026', hint: 'Byte for byte, including colors' },
};

/** Offers what can be done with the log in front. */
export function LogTools({ stream }: { stream: Stream }) {
  const [said, say] = useBriefMessage();
  const { wrap, colors, times } = useDisplay();
  const run = useShownRun(stream);

  const copy = async () => {
    if (run === null) return;
    const { filters, cleared } = useLogView.getState()[stream];
    const all = await readAll(
      run.id,
      filterOf(filters, run.marks, cleared?.run === run.id ? cleared.line : null),
    );
    if (!all.ok) return say(all.failure.message);
    const done = await copyText(all.text);
    say(
      !done
        ? 'Could not copy'
        : all.whole
          ? `Copied ${all.records} lines`
          : `Copied the last ${all.records} lines`,
    );
  };

  return (
    <div className="terminal-tools">
      <span className="said" aria-live="polite">
        {said}
      </span>
      <select
        className="field time-form"
        aria-label="Times"
        title="Time format"
        value={times}
        onChange={(event) => setTimes(TIME_FORMS.find((form) => form === event.target.value) ?? 'local')}
      >
        {TIME_FORMS.map((form) => (
          <option key={form} value={form}>
            {FORMS[form]}
          </option>
        ))}
      </select>
      <IconButton label="Find" title="Find (Ctrl+F)" onClick={openSearch}>
        <IconFind />
      </IconButton>
      <IconButton
        label="Copy all"
        title="Copy the lines that match the filters (the last ones if there are many)"
        disabled={run === null}
        onClick={() => void copy()}
      >
        <IconCopy />
      </IconButton>
      <PopupMenu
        label="Save as"
        title="Save this whole run to a file"
        disabled={run === null}
        items={(['text', 'raw'] as const).map((form) => ({
          id: form,
          ...SAVE[form],
          act: () => {
            if (run !== null) void askApp('saveLog', { run: run.id, form });
          },
        }))}
      >
        <IconSave />
      </PopupMenu>
      <IconButton label="Wrap lines" pressed={wrap} title="Wrap long lines" onClick={() => setWrap(!wrap)}>
        <IconWrap />
      </IconButton>
      <IconButton
        label="Colors"
        pressed={colors}
        title="Show the program’s colors"
        onClick={() => setColors(!colors)}
      >
        <IconColors />
      </IconButton>
      <IconButton
        label="Clear"
        title="Show only new lines from here on; the log on disk is kept"
        disabled={run === null}
        onClick={() => clearView(stream)}
      >
        <IconClear />
      </IconButton>
    </div>
  );
}
