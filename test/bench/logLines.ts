/** Lines of a log as programs of the conduwuit family color them, and runs made of them. */
import { LogStore } from '../../main/engine/logs/store/logStore.ts';

/** Stands in one line of each million or so. */
export const RARE = 'a needle in the hay';

const COLORS = { ' INFO': 32, DEBUG: 34, ' WARN': 33 } as const;
const LEVELS = [' INFO', 'DEBUG', ' INFO', ' WARN'] as const;

/** Line number `number`, with its end as a terminal gets it; some 190 bytes. */
export function logLine(number: number): string {
  const level = LEVELS[number % 4] ?? ' INFO';
  const time = new Date(1_744_113_600_000 + number).toISOString().replace('Z', '456Z');
  const what = number % 1_000_003 === 500_000 ? RARE : 'request answered';
  const took = (number * 7919) % 10_007;
  return (
    `\x1b[2m${time}\x1b[0m \x1b[${COLORS[level]}m${level}\x1b[0m \x1b[2mdepot_router::serve\x1b[0m\x1b[2m:\x1b[0m ` +
    `${what} ${'.'.repeat(number % 29)} \x1b[3mnumber\x1b[0m\x1b[2m=\x1b[0m${number} \x1b[3mtook\x1b[0m\x1b[2m=\x1b[0m${took}us\r\n`
  );
}

/** So many lines, from this number on. */
export function logLines(first: number, count: number): Buffer {
  let text = '';
  for (let number = first; number < first + count; number += 1) text += logLine(number);
  return Buffer.from(text);
}

const AT_ONCE = 20_000;

/** Stores a server's run of at least `bytes` bytes; gives its id, and the folder that it lies in. */
export async function storeRun(
  data: string,
  workspace: string,
  bytes: number,
): Promise<{ folder: string; run: string; bytes: number; lines: number }> {
  const store = new LogStore({
    data,
    workspace,
    onFailure: ({ message }) => {
      throw new Error(message);
    },
  });
  let release = (): void => {};
  let pressed: Promise<void> | null = null;
  const writer = store.begin({
    stream: 'server',
    onPressure: (on) => {
      release();
      pressed = on ? new Promise((resolve) => (release = resolve)) : null;
    },
  });
  let [written, lines] = [0, 0];
  for (; written < bytes; lines += AT_ONCE) {
    const chunk = logLines(lines, AT_ONCE);
    writer.append(chunk);
    written += chunk.length;
    await (pressed ?? new Promise((resolve) => setImmediate(resolve)));
  }
  await store.end(writer, '0');
  await store.close();
  return { folder: store.folder, run: writer.id, bytes: written, lines };
}
