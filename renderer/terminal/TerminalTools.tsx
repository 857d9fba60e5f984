import { useState } from 'react';
import type { Stream } from '#shared/contract.ts';
import { readFlag } from '../state/localChoices.ts';
import { openSearch } from '../state/store.ts';
import { copyText } from '../ui/clipboard.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClear, IconCopy, IconFind, IconSpeak } from '../ui/icons.tsx';
import { useBriefMessage } from '../ui/useBriefMessage.ts';
import { allText } from './bufferText.ts';
import { SCREEN_READER, setScreenReader, terminalOf } from './terminalRegistry.ts';

/** Offers what can be done with the terminal in front. */
export function TerminalTools({ stream }: { stream: Stream }) {
  const [said, say] = useBriefMessage();
  const [reader, setReader] = useState(() => readFlag(SCREEN_READER, false));

  const copyAll = async () => {
    const terminal = terminalOf(stream)?.terminal;
    if (terminal === undefined) return;
    say((await copyText(allText(terminal.buffer.active))) ? 'Copied' : 'Could not copy');
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
      <IconButton label="Find" title="Find (Ctrl+F)" onClick={openSearch}>
        <IconFind />
      </IconButton>
      <IconButton label="Copy all" title="Copy all text of this terminal" onClick={() => void copyAll()}>
        <IconCopy />
      </IconButton>
      <IconButton
        label="Clear"
        title="Clear this terminal; the log on disk is kept"
        onClick={() => terminalOf(stream)?.terminal.clear()}
      >
        <IconClear />
      </IconButton>
      <IconButton
        label="Screen reader"
        pressed={reader}
        title="Make the terminal’s text readable by screen readers (slower)"
        onClick={toggleReader}
      >
        <IconSpeak />
      </IconButton>
    </div>
  );
}
