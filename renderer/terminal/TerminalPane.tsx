import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'react';
import type { Stream } from '../../preload/contract.ts';
import { ask } from '../state/actions.ts';
import { currentSession, useWindow } from '../state/store.ts';
import { createTerminal, type TerminalHandle } from './create.ts';
import { cut } from './flow.ts';
import { windowKeys } from './keys.ts';
import { register } from './registry.ts';
import { terminalTheme } from './theme.ts';
import './terminal.css';

const RESIZE_CALM = 60;
const INPUT_LIMIT = 500_000;

/** The terminal of one stream; it stays alive while another tab is in front. */
export function TerminalPane({ stream, front }: { stream: Stream; front: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<TerminalHandle | null>(null);
  const dark = useWindow((state) => state.dark);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = createTerminal(
      element,
      stream,
      useWindow.getState().dark,
      stream === 'server' ? typed : null,
    );
    made.terminal.attachCustomKeyEventHandler(windowKeys(made.terminal));
    const leave = register(stream, made);
    const resized = made.terminal.onResize(({ cols, rows }) => {
      void ask('resize', { stream, columns: clamp(cols, 2), rows: clamp(rows, 1) });
    });
    const stop = followSize(element, made);
    setHandle(made);
    return () => {
      stop();
      resized.dispose();
      leave();
      made.dispose();
      setHandle(null);
    };
  }, [stream]);

  useEffect(() => {
    if (handle !== null) handle.terminal.options.theme = terminalTheme(dark);
  }, [handle, dark]);

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
  const { cols, rows } = handle.terminal;
  const stream = element.dataset.stream === 'build' ? 'build' : 'server';
  void ask('resize', { stream, columns: clamp(cols, 2), rows: clamp(rows, 1) });
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

const clamp = (n: number, least: number) => Math.min(1000, Math.max(least, n));

function typed(data: string): void {
  const server = currentSession()?.server.name;
  if (server === undefined || server === 'stopped' || server === 'crashed') return;
  for (const part of cut(data, INPUT_LIMIT)) void ask('input', { data: part });
}
