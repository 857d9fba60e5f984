import { FACT_WORDS, factOf } from '../../families/families.ts';
import type { LogEvent } from '../../families/logEvent.ts';
import { type LogLine, parseLine } from './logLine.ts';
import { RAW_WORDS, rawFactOf } from './rawFacts.ts';

/** Below an error of several lines: where it came from, and its spans. */
export const DETAIL = /^ {4}(?:at|on|in) /;
/** An error's message has no more lines than this, and none is longer: so what waits stays small. */
const MOST_LINES = 64;
const LONGEST_LINE = 4 * 1024;
/** Words of which every line with an event has one: the first look at a line, which is all that most of them get. */
export const EVENT_WORDS: readonly string[] = [...FACT_WORDS, ...RAW_WORDS];
const HINT = new RegExp(EVENT_WORDS.join('|'));

/**
 * Finds events in the server's output, line by line. Lines come in order, without colors and line ends. An error of
 * several lines gives its event with the blank line behind it, or whatever else ends it.
 */
export class LogEvents {
  #open: { line: LogLine; more: string[]; inDetails: boolean } | null = null;

  /** Whether an event may have more lines: then it has to be given the next one, whatever that says. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** @returns the events that are complete with this line, in order. */
  push(line: string): LogEvent[] {
    if (this.#open === null && !HINT.test(line)) return [];
    const parsed = parseLine(line);
    const raw = parsed === null ? rawFactOf(line) : null;
    if (parsed === null && raw === null && this.#continues(line)) return [];
    const events = this.flush();
    if (raw !== null) events.push({ ...raw, at: null });
    if (parsed?.pretty) this.#open = { line: parsed, more: [], inDetails: false };
    else if (parsed !== null) events.push(...eventsOf(parsed));
    return events;
  }

  /** What waited for its last line; call it when no more lines come. */
  flush(): LogEvent[] {
    if (this.#open === null) return [];
    const { line, more } = this.#open;
    this.#open = null;
    const text = [line.text, ...more].join('\n');
    return eventsOf({ ...line, text, message: text });
  }

  /** Whether a line belongs to the error that is open; if so, it is taken in. */
  #continues(line: string): boolean {
    if (this.#open === null || line.length > LONGEST_LINE || line.trim() === '') return false;
    if (DETAIL.test(line)) this.#open.inDetails = true;
    else if (this.#open.inDetails || this.#open.more.length >= MOST_LINES) return false;
    else this.#open.more.push(line);
    return true;
  }
}

const eventsOf = (line: LogLine): LogEvent[] => {
  const fact = factOf(line);
  return fact === null ? [] : [{ ...fact, at: line.at }];
};
