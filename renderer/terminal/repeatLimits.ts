import type { Terminal } from '@xterm/xterm';

/** Escape sequences that repeat something (tabs, lines, scrolling, a character), and how many repeats are enough. */
const ENOUGH: Readonly<Record<string, (terminal: Terminal) => number>> = {
  I: ({ cols }) => cols,
  Z: ({ cols }) => cols,
  L: ({ rows }) => rows,
  M: ({ rows }) => rows,
  S: ({ rows }) => rows,
  T: ({ rows }) => rows,
  b: ({ cols, rows }) => cols * rows,
};

/**
 * Limits how often an escape sequence repeats to what the screen has room for. xterm counts down one by one: a few
 * bytes would keep the window busy forever.
 */
export function limitRepeatCounts(terminal: Terminal): void {
  for (const [final, enough] of Object.entries(ENOUGH)) {
    terminal.parser.registerCsiHandler(
      { final },
      ([count]) => typeof count === 'number' && count > enough(terminal),
    );
  }
}
