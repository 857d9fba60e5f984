import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'react';
import type { Stream } from '#shared/contract.ts';
import { ask } from '../state/actions.ts';
import { bridge } from '../state/bridge.ts';
import { useDisplay } from '../state/display.ts';
import { currentSession, useWindow } from '../state/store.ts';
import { cut } from './acknowledgements.ts';
import { createTerminal } from './createTerminal.ts';
import { reportVisibility } from './streamVisibility.ts';
import { register, type TerminalHandle } from './terminalRegistry.ts';
import { terminalTheme } from './terminalTheme.ts';
import { windowKeys } from './windowKeys.ts';
import './terminal.css';

const RESIZE_CALM = 60;
const INPUT_LIMIT = 500_000;

/** Shows the terminal of one stream; it stays alive while another tab is in front. */
export function TerminalPane({ stream, front }: { stream: Stream; front: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<TerminalHandle | null>(null);
  const dark = useWindow((state) => state.dark);
  const fontSize = useDisplay((display) => display.fontSize);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const size = sizeReporter(stream);
    const made = createTerminal(element, stream, useWindow.getState().dark, {
      input: stream === 'server' ? typed : null,
      replayed: size.again,
    });
    made.terminal.attachCustomKeyEventHandler(windowKeys(made.terminal));
    const leave = register(stream, made);
    const stop = followSize(element, made);
    size.tell(made.terminal.cols, made.terminal.rows);
    const resized = made.terminal.onResize(({ cols, rows }) => size.tell(cols, rows));
    setHandle(made);
    return () => {
      stop();
      resized.dispose();
      leave();
      made.dispose();
      setHandle(null);
    };
  }, [stream]);

  useEffect(() => (front && handle !== null ? reportVisibility(stream) : undefined), [front, handle, stream]);

  useEffect(() => {
    if (handle !== null) handle.terminal.options.theme = terminalTheme(dark);
  }, [handle, dark]);

  useEffect(() => {
    if (handle === null || handle.terminal.options.fontSize === fontSize) return;
    handle.terminal.options.fontSize = fontSize;
    handle.fit();
  }, [handle, fontSize]);

  return (
    <div className="terminal-frame" data-front={front}>
      <div ref={host} className="terminal" data-stream={stream} />
    </div>
  );
}

/** Fits the terminal to its element, now and whenever that calms down after a change. */
function followSize(element: HTMLElement, handle: TerminalHandle): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  handle.fit();
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(handle.fit, RESIZE_CALM);
  });
  observer.observe(element);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

interface SizeReporter {
  tell(columns: number, rows: number): void;
  /** Tells the last size once more: to an engine that has not heard it. */
  again(): void;
}

function sizeReporter(stream: Stream): SizeReporter {
  let last: { columns: number; rows: number } | null = null;
  const send = async () => {
    if (last === null) return;
    const reply = await bridge().request('resize', { stream, ...last });
    // No news for the user: an engine that is away is told when it replays.
    if (!reply.ok) console.info('The terminal could not be resized:', reply.failure.message);
  };
  return {
    tell(columns, rows) {
      last = { columns: clamp(columns, 2), rows: clamp(rows, 1) };
      void send();
    },
    again: () => void send(),
  };
}

const clamp = (n: number, least: number) => Math.min(1000, Math.max(least, n));

function typed(data: string): void {
  const server = currentSession()?.server.name;
  if (server === undefined || server === 'stopped' || server === 'crashed') return;
  for (const part of cut(data, INPUT_LIMIT)) void ask('input', { data: part });
}
