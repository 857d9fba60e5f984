/** A panic of a Rust program, as the standard library's hook prints it. */
export interface Panic {
  /** Its name; null for a thread without one. */
  thread: string | null;
  /** `src/main.rs:3:5`. */
  place: string;
  /** As it was written, possibly with several lines. */
  message: string;
}

/** Since Rust 1.73 the message stands on lines of its own; the number is the thread's, since 1.91. */
const HEAD = /^thread '(?<thread>.*)'(?: \(\d+\))? panicked at (?<place>\S.*:\d+:\d+):$/;
/** Before that it was quoted, with the place behind it. */
const OLD_HEAD = /\bthread '(?<thread>[^']*)' panicked at '(?<message>.*)$/;
const OLD_END = /^(?<message>.*)', (?<place>\S+:\d+:\d+)$/;
/** What the runtime prints behind a message. */
const AFTER_MESSAGE =
  /^(?:stack backtrace:$|note: (?:run with|Some details)|thread (?:caused|panicked while)|fatal runtime error)/;
const MOST_MESSAGE_LINES = 20;
/** An assertion shows its two sides on lines of their own. */
const SIDES = /^\s+(?:left|right): /;

/** The panics in the lines of a log, in order. Pure. */
export function panicsIn(lines: readonly string[]): Panic[] {
  return lines.flatMap((line, index) => {
    const rest = lines.slice(index + 1, index + 1 + MOST_MESSAGE_LINES);
    const head = HEAD.exec(line)?.groups;
    if (head !== undefined) {
      return [{ thread: named(head.thread), place: head.place ?? '', message: messageIn(rest) }];
    }
    const old = OLD_HEAD.exec(line)?.groups;
    return old === undefined ? [] : oldPanic(named(old.thread), [old.message ?? '', ...rest]);
  });
}

const named = (thread: string | undefined): string | null =>
  thread === undefined || thread === '<unnamed>' ? null : thread;

/** All up to what the runtime says next. Only the first panic of a run is sure to have that: of others, what is sure. */
function messageIn(lines: readonly string[]): string {
  const end = lines.findIndex((line) => AFTER_MESSAGE.test(line) || HEAD.test(line));
  const [first = '', ...rest] = end === -1 ? lines : lines.slice(0, end);
  const sure =
    end === -1
      ? rest.slice(
          0,
          countWhile(rest, (line) => SIDES.test(line)),
        )
      : rest;
  return [first, ...sure].join('\n').trimEnd();
}

const countWhile = (lines: readonly string[], fits: (line: string) => boolean): number => {
  const end = lines.findIndex((line) => !fits(line));
  return end === -1 ? lines.length : end;
};

function oldPanic(thread: string | null, lines: readonly string[]): Panic[] {
  const last = lines.findIndex((line) => OLD_END.test(line));
  const end = OLD_END.exec(lines[last] ?? '')?.groups;
  if (end === undefined) return [];
  const message = [...lines.slice(0, last), end.message ?? ''].join('\n');
  return [{ thread, place: end.place ?? '', message }];
}

/** How a process ended: its exit code, or the name of the signal that ended it. */
export interface Ending {
  code: number | null;
  signal: string | null;
}

/** What is known of panics at the end of a process. */
export interface PanicStory {
  /** The panic that ended it; null where one came before, but nothing shows that it was the reason. */
  cause: Panic | null;
  /** Why it could not be unwound, in the runtime's words; null where it was. */
  aborted: string | null;
  /** Another thread's panic, before. */
  earlier: Panic | null;
}

/** The exit code of a Rust program whose main thread panicked. */
const PANICKED = 101;
/** 128 and SIGABRT, as a shell in between says it. */
const ABORTED = 134;
/** Panics of the runtime's own, about a panic that was not allowed. */
const NOT_ALLOWED =
  /^panic in a (?:function that cannot unwind|destructor during cleanup)|^thread panicked while/;
const DOUBLE = /^thread panicked while (?:processing|panicking)[^.]*/;

/**
 * What panics have to do with the end of a process. The exit code 101 is that of a panic of the main thread, and an abort
 * behind a panic is the runtime's; at any other end a panic is only what came before. Null where there was none. Pure.
 */
export function panicStory(lines: readonly string[], { code, signal }: Ending): PanicStory | null {
  const panics = panicsIn(lines);
  const last = panics.at(-1);
  if (last === undefined) return null;
  if (signal === 'SIGABRT' || code === ABORTED) return abortStory(panics, last, lines);
  if (code !== PANICKED) return { cause: null, aborted: null, earlier: last };
  const cause = panics.findLast(({ thread }) => thread === 'main') ?? last;
  const before = panics[panics.indexOf(cause) - 1];
  const earlier = before !== undefined && before.thread !== cause.thread ? before : null;
  return { cause, aborted: null, earlier };
}

function abortStory(panics: readonly Panic[], last: Panic, lines: readonly string[]): PanicStory {
  const double = lines.findLast((line) => DOUBLE.test(line));
  if (!NOT_ALLOWED.test(last.message)) {
    return { cause: last, aborted: DOUBLE.exec(double ?? '')?.[0] ?? null, earlier: null };
  }
  const own = panics.slice(0, -1).filter(({ thread }) => thread === last.thread);
  return { cause: own.at(-1) ?? last, aborted: last.message, earlier: own.at(-2) ?? null };
}

/** `thread 'main' panicked at src/main.rs:3:5`. */
export const panicked = ({ thread, place }: Panic): string =>
  `${thread === null ? 'a thread without a name' : `thread '${thread}'`} panicked at ${place}`;

const MOST_SHOWN_LINES = 6;
const LONGEST_SHOWN = 400;

/** The message of a panic, no longer than a notice can bear. */
const shown = ({ message }: Panic): string[] => {
  const lines = message.split('\n').map((line) => line.slice(0, LONGEST_SHOWN));
  return lines.length <= MOST_SHOWN_LINES ? lines : [...lines.slice(0, MOST_SHOWN_LINES), '…'];
};

/** All of a story but its first sentence: the message of the panic, and what came before or made it worse. */
export function panicLines({ cause, aborted, earlier }: PanicStory): string[] {
  const [first = ''] = earlier === null ? [] : shown(earlier);
  return [
    ...(cause === null ? [] : shown(cause)),
    ...(aborted === null || aborted === cause?.message ? [] : [`It could not be unwound: ${aborted}.`]),
    ...(earlier === null ? [] : [`Before that, ${panicked(earlier)}: ${first}`]),
  ];
}
