import { useEffect, useState } from 'react';
import type { Stream } from '../../preload/contract.ts';
import { IconClear, IconColours, IconCopy, IconFind, IconSave, IconWrap } from '../shell/icons.tsx';
import { PopupMenu } from '../shell/PopupMenu.tsx';
import { askApp } from '../state/actions.ts';
import { setColours, setTimes, setWrap, TIME_FORMS, type TimeForm, useDisplay } from '../state/display.ts';
import { openSearch } from '../state/store.ts';
import { copyText } from '../terminal/clipboard.ts';
import { readAll } from './copyAll.ts';
import { filterOf } from './filters.ts';
import { clearView, useShownRun } from './shownRun.ts';
import { useLogView } from './view.ts';

const SAY_SO = 2500;

const FORMS: Readonly<Record<TimeForm, string>> = {
  local: 'Local time',
  utc: 'UTC',
  written: 'As written',
  run: 'Since the start',
  ago: 'Ago',
};

const SAVE = {
  text: { label: 'Save as text\u2026', hint: 'All lines, without colours' },
  raw: { label: 'Save as written\u2026', hint: 'Byte for byte, colours and all' },
};

/** What can be done with the log in front. */
export function LogTools({ stream }: { stream: Stream }) {
  const [said, setSaid] = useState<string | null>(null);
  const { wrap, colours, times } = useDisplay();
  const run = useShownRun(stream);

  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAY_SO);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = async () => {
    if (run === null) return;
    const { filters, cleared } = useLogView.getState()[stream];
    const all = await readAll(
      run.id,
      filterOf(filters, run.marks, cleared?.run === run.id ? cleared.line : null),
    );
    if (!all.ok) return setSaid(all.failure.message);
    const done = await copyText(all.text);
    setSaid(
      !done
        ? 'Could not copy'
        : all.whole
          ? `Copied ${all.records} records`
          : `Copied the last ${all.records} records`,
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
        title="How times are written"
        value={times}
        onChange={(event) => setTimes(TIME_FORMS.find((form) => form === event.target.value) ?? 'local')}
      >
        {TIME_FORMS.map((form) => (
          <option key={form} value={form}>
            {FORMS[form]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="icon-button"
        aria-label="Find"
        title="Find (Ctrl+F)"
        onClick={openSearch}
      >
        <IconFind />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Copy all"
        title="Copy the records that fit the filters; of many, the last ones"
        disabled={run === null}
        onClick={() => void copy()}
      >
        <IconCopy />
      </button>
      <PopupMenu
        label="Save as"
        title="Save this run, all of it, to a file"
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
      <button
        type="button"
        className="icon-button"
        aria-label="Wrap lines"
        aria-pressed={wrap}
        title="Wrap long lines"
        onClick={() => setWrap(!wrap)}
      >
        <IconWrap />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Colours"
        aria-pressed={colours}
        title="Show the colours that the program wrote"
        onClick={() => setColours(!colours)}
      >
        <IconColours />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Clear"
        title="Show only what comes from here on; the log on disk keeps everything"
        disabled={run === null}
        onClick={() => clearView(stream)}
      >
        <IconClear />
      </button>
    </div>
  );
}
