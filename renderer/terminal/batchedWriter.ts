/** Between the beginnings of two large lots, in ms: time to read one, to draw it, and to listen to the user. */
const LOT_MS = 45;
/** What comes in smaller lots, such as the answer to a key, never waits. */
const LARGE_CHARS = 16_000;

export interface BatchedWriter {
  push(text: string): void;
  /** Writes what waits now. */
  flush(): void;
  /** Forgets what waits. */
  close(): void;
}

/**
 * Writes text in batches while it comes in floods. A terminal draws a frame for each write, and a frame of a whole
 * window can cost as much as parsing half a megabyte: the fewer there are of them, the sooner a flood is over.
 * @param write has the terminal read a text, and says when it has.
 */
export function batchedWriter(write: (text: string, done: () => void) => void): BatchedWriter {
  let waiting: string[] = [];
  let reading = false;
  let earliest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting.join('');
    waiting = [];
    if (text === '') return;
    earliest = text.length < LARGE_CHARS ? 0 : performance.now() + LOT_MS;
    reading = true;
    write(text, () => {
      reading = false;
      if (waiting.length > 0) schedule();
    });
  };
  const schedule = () => {
    if (reading || timer !== undefined) return;
    const wait = earliest - performance.now();
    if (wait <= 0) flush();
    else timer = setTimeout(flush, wait);
  };
  return {
    push(text) {
      waiting.push(text);
      schedule();
    },
    flush,
    close() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}
