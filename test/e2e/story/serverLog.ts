/** What the server says of itself, in the file that it writes beside its terminal: nobody of Hotdeck has a hand in it. */
import { readFile } from 'node:fs/promises';

export interface LogLine {
  /** As it stands there, without colors. */
  text: string;
  /** ms since the epoch, with a fraction. */
  at: number;
  target: string;
  message: string;
}

const LINE = /^(\S+)\.(\d{6})Z +[A-Z]+ (?:signal: )?([\w:]+): (.*)$/;
const FAILURE = /^Going to fail/;
const BEGINNING = /^\d+\.\d+\.\d+ port=\d+ pid=(\d+)$/;

/** The lines of each life of the server, in order. */
export async function readLives(file: string): Promise<LogLine[][]> {
  const lives: LogLine[][] = [];
  let before = '';
  for (const text of (await readFile(file, 'utf8')).replace(/\x1b\[\d*m/g, '').split('\n')) {
    if (text === '') continue;
    const [, second = '', micros = '', target = '', message = ''] = LINE.exec(text) ?? [];
    const line = { text, target, message, at: Date.parse(`${second}Z`) + Number(micros) / 1000 };
    // One that is told to fail says that before anything else.
    if (FAILURE.test(message) || (BEGINNING.test(message) && !FAILURE.test(before))) lives.push([]);
    lives.at(-1)?.push(line);
    before = message;
  }
  return lives;
}

/** Which process wrote this. */
export const pidOf = (life: readonly LogLine[]): number =>
  Number(life.flatMap(({ message }) => BEGINNING.exec(message)?.[1] ?? [])[0]);

/** The one line of these that says so. */
export function lineOf(lines: readonly LogLine[], message: RegExp): LogLine {
  const [found, ...more] = lines.filter((line) => message.test(line.message));
  if (found === undefined || more.length > 0) throw new Error(`${more.length + 1} lines say ${message}.`);
  return found;
}

/** What came and went according to these lines, in order. */
export const movesIn = (lines: readonly LogLine[]): { at: number; move: string }[] =>
  lines.flatMap(({ at, target, message }) => {
    const step = /^Module (load|unload)/.exec(message)?.[1];
    return step === undefined ? [] : [{ at, move: `${target} ${step}` }];
  });
