/** When a line was written: ms since the epoch, or the text in its place if that is no date. */
export type LogTime = number | string;

/** A line of a log, taken apart, as far as rules look at it. */
export interface LogStatement {
  level: string;
  /** The module path that wrote it; its first part is the crate. */
  target: string;
  /** The message with its fields, as it stands in the log. */
  text: string;
  /** The text without its fields. */
  message: string;
  fields: ReadonlyMap<string, string>;
}

/**
 * What the server says of itself in its log. Modules are named as the log names them. The process's memory maps know
 * better: where both speak and disagree, the maps are right.
 */
export type LogFact =
  /** It listens; `addresses` as printed. It says so after every reload too. */
  | { kind: 'ready'; addresses: string[] }
  /** It received the signal that makes a server with modules reload. (One without modules shuts down by it.) */
  | { kind: 'reload-requested'; signal: string }
  | { kind: 'shutdown-requested'; signal: string }
  /** It won't obey a signal, because it is at something else. */
  | { kind: 'refused'; signal: string | null; why: string }
  /** It waits for the requests under way, and takes no others. */
  | { kind: 'draining' }
  | { kind: 'stopped-listening'; addresses: string[] }
  /** The requests are through. */
  | { kind: 'drained' }
  /** A deep reload, or the shutdown, begins: one that leaves the services alone doesn't say this. */
  | { kind: 'services-stopping' }
  | { kind: 'services-started' }
  /** It begins to unload: `stale` is the server's own count. All modules go if `force`. */
  | { kind: 'unload-pass'; available: number; loaded: number; stale: number; force: boolean }
  | { kind: 'unloading'; module: string }
  /** It begins to load what isn't loaded: `loaded` modules are. */
  | { kind: 'load-pass'; available: number; loaded: number }
  | { kind: 'loaded'; module: string }
  /** It was told to go and didn't: the old code runs on. */
  | { kind: 'stuck'; module: string }
  | { kind: 'load-failed'; module: string; error: string }
  /** A deep reload takes the first three of these too. */
  | { kind: 'shutdown-step'; step: ShutdownStep }
  | { kind: 'exit' }
  /** References that were still held when all should have been gone. */
  | { kind: 'dangling'; count: number; what: string }
  /** A failure of the server as a whole; the message may have several lines. */
  | { kind: 'failed'; message: string }
  /** The dynamic linker ended the process; `text` is all it said. */
  | { kind: 'linker-death'; symbol: string | null; library: string | null; text: string };

export type ShutdownStep = 'services stopped' | 'closing database' | 'complete' | 'runtime ended';

/** A fact, and when the log says it was; null where a line carries no time. */
export type LogEvent = LogFact & { at: LogTime | null };
