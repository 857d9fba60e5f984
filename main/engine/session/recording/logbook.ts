import type {
  EngineMessage,
  Failure,
  LastReload,
  Preferences,
  SessionState,
  Stream,
} from '#shared/contract.ts';
import type { OutputStream } from '../../logs/outputStream.ts';
import { LIMITS, type StoreLimits } from '../../logs/store/logLimits.ts';
import { LogStore } from '../../logs/store/logStore.ts';
import { readTail } from '../../logs/store/runLines.ts';
import type { Growth, RunWriter } from '../../logs/store/runWriter.ts';
import { messageOf } from '../../result.ts';
import { Emitter } from '../emitter.ts';
import { countsOf } from './logAnswers.ts';

type Grown = Extract<EngineMessage, { type: 'grown' }>;

export interface LogbookOptions {
  /** The app's data folder; null to store nothing. */
  data: string | null;
  /** A name for the workspace's own folder in there. */
  workspace: string;
  keep: Preferences['keepLogs'];
  output: Record<Stream, OutputStream>;
}

interface LogbookNews {
  runs: [runs: SessionState['runs']];
  /** A run grows; a few times a second. */
  growth: [grown: Grown];
  failure: [failure: Failure];
}

const STREAMS: readonly Stream[] = ['server', 'build'];
const RESTORED_LINES = 1000;
const END_OF_EARLIER = '\x1b[0m\r\n\x1b[2m(the end of the last run)\x1b[0m\r\n';
const TELL_MS = 150;
const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

const limitsOf = ({ megabytes, days }: Preferences['keepLogs']): Partial<StoreLimits> => ({
  totalBytes: megabytes * MB,
  runBytes: Math.min(LIMITS.runBytes, megabytes * MB),
  ageMs: days * DAY_MS,
});

const unreadable = (error: unknown): Failure => ({
  kind: 'log-unreadable',
  message: `Earlier logs can't be read: ${messageOf(error)}.`,
  remedy: 'New ones are kept where the disk allows it.',
});

/** Has every byte of the server and of the builds stored: a run from each start to its end, with marks in it. */
export class Logbook {
  readonly store: LogStore | null;
  readonly #options: LogbookOptions;
  readonly #events = new Emitter<LogbookNews>();
  readonly #writers: Record<Stream, RunWriter | null> = { server: null, build: null };
  readonly #latest: Record<Stream, RunWriter | null> = { server: null, build: null };
  readonly #grown = new Map<string, Growth>();
  #timer: NodeJS.Timeout | undefined;
  #reload = 0;
  #runs: SessionState['runs'] = { server: null, build: null };

  constructor(options: LogbookOptions) {
    this.#options = options;
    const { data, workspace, keep } = options;
    const onFailure = (failure: Failure): void => this.#events.emit('failure', failure);
    const limits = limitsOf(keep);
    this.store = data === null ? null : new LogStore({ data, workspace, limits, onFailure });
    this.store?.onGrowth((growth) => this.#noteGrowth(growth));
  }

  readonly on = this.#events.on;

  /** Keeps so much from now on. */
  keep(keep: Preferences['keepLogs']): void {
    this.store?.limit(limitsOf(keep));
  }

  /** Shows the end of the last run in each terminal: of an earlier day, or of an engine that is gone. */
  async restore(): Promise<void> {
    try {
      await Promise.all(STREAMS.map((stream) => this.#restore(stream)));
    } catch (error) {
      this.#events.emit('failure', unreadable(error));
    }
    this.#events.emit('runs', this.#runs);
  }

  async #restore(stream: Stream): Promise<void> {
    const run = (await this.store?.latest(stream)) ?? null;
    const opened = run === null ? null : await this.store?.open(run);
    if (!opened?.ok) return;
    const lines = await readTail(opened.value, RESTORED_LINES);
    await opened.value.close();
    if (!lines.ok || lines.value.length === 0) return;
    const text = lines.value.map(({ bytes }) => bytes.toString()).join('\r\n');
    this.#options.output[stream].push(`${text}${END_OF_EARLIER}`);
    this.#runs = { ...this.#runs, [stream]: run };
  }

  /** What comes from now on is another run's. */
  begin(stream: Stream): void {
    if (this.store === null) return;
    const output = this.#options.output[stream];
    const writer = this.store.begin({ stream, onPressure: (pressed) => output.hold('disk', pressed) });
    this.#writers[stream] = writer;
    this.#latest[stream] = writer;
    this.#runs = { ...this.#runs, [stream]: writer.id };
    this.#events.emit('runs', this.#runs);
  }

  /** The run of a stream that goes on, or the latest of this session, and how many lines it has. Null: none is stored. */
  place(stream: Stream): { run: string; lines: number } | null {
    const growth = this.#latest[stream]?.growth;
    return growth === undefined ? null : { run: growth.run, lines: growth.lines };
  }

  append(stream: Stream, bytes: Uint8Array): void {
    this.#writers[stream]?.append(bytes);
  }

  /** Notes in the server's run, between its lines, that a build ended. */
  noteBuild(outcome: string): void {
    this.#writers.server?.mark('build-ended', 0, outcome);
  }

  /** The same of a reload that began, goes on or is over. */
  noteReload({ number, verdict }: LastReload): void {
    if (verdict !== 'running') this.#writers.server?.mark('reload-ended', number, verdict);
    else if (number !== this.#reload) this.#writers.server?.mark('reload-began', number, '');
    this.#reload = number;
  }

  /** The run is over. @param label one word for how. */
  async end(stream: Stream, label: string): Promise<void> {
    const writer = this.#writers[stream];
    this.#writers[stream] = null;
    if (writer !== null) await this.store?.end(writer, label);
    this.#options.output[stream].hold('disk', false);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.store?.close();
  }

  #noteGrowth(growth: Growth): void {
    this.#grown.set(growth.run, growth);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const { run, lines, bytes, levels } of this.#grown.values()) {
        this.#events.emit('growth', { type: 'grown', run, endLine: lines, bytes, levels: countsOf(levels) });
      }
      this.#grown.clear();
    }, TELL_MS);
  }
}
