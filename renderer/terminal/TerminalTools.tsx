import { useEffect, useState } from 'react';
import type { Stream } from '../../preload/contract.ts';
import { IconClear, IconCopy, IconFind, IconSpeak } from '../shell/icons.tsx';
import { readFlag } from '../state/remember.ts';
import { openSearch } from '../state/store.ts';
import { copyText } from './clipboard.ts';
import { SCREEN_READER, setScreenReader, terminalOf } from './registry.ts';
import { allText } from './text.ts';

const SAY_SO = 1500;

/** What can be done with the terminal in front. */
export function TerminalTools({ stream }: { stream: Stream }) {
  const [said, setSaid] = useState<string | null>(null);
  const [reader, setReader] = useState(() => readFlag(SCREEN_READER, false));

  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAY_SO);
    return () => clearTimeout(timer);
  }, [said]);

  const copyAll = async () => {
    const terminal = terminalOf(stream)?.terminal;
    if (terminal === undefined) return;
    setSaid((await copyText(allText(terminal.buffer.active))) ? 'Copied' : 'Could not copy');
  };

  const toggleReader = () => {
    setScreenReader(!reader);
    setReader(!reader);
  };

  return (
    <div className="terminal-tools">
      <span className="said" aria-live="polite">
        {said}
      </span>
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
        title="Copy all text of this terminal"
        onClick={() => void copyAll()}
      >
        <IconCopy />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Clear"
        title="Clear this terminal; the log on disk keeps everything"
        onClick={() => terminalOf(stream)?.terminal.clear()}
      >
        <IconClear />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Screen reader"
        aria-pressed={reader}
        title="Make the terminal's text readable by a screen reader (costs speed)"
        onClick={toggleReader}
      >
        <IconSpeak />
      </button>
    </div>
  );
}
