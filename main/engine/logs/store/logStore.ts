/**
 * The logs of one workspace on disk. Each run of the server, and each build, is stored byte for byte while it goes on, and
 * can be read, also by line, then and later. How it lies on disk is described in format.ts.
 *
 * Several instances of the app may use one folder: each writes runs of its own, and removes only runs that nobody writes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure, Stream } from '#shared/contract.ts';
import type { Result } from '../../result.ts';
import { pruneFailure } from './logFailures.ts';
import { LIMITS, type StoreLimits } from './logLimits.ts';
import { ourselves } from './owner.ts';
import { isWorkspaceId, parseRunId } from './runNames.ts';
import { RunReader } from './runReader.ts';
import { latestRuns, listRuns, type RunInfo } from './runs.ts';
import { type Growth, RunWriter } from './runWriter.ts';
import { dropFirstSegments, tidyRuns } from './tidy.ts';

export interface LogStoreOptions {
  /** The app's data folder. */
  data: string;
  /** What the workspace's folder is called: letters, digits, `_`, `.` and `-`. */
  workspace: string;
  limits?: Partial<StoreLimits>;
  /** What the user should know: once for a run that can't be stored any more, once if old runs can't be removed. */
  onFailure(failure: Failure): void;
  /** ms since the epoch. */
  now?: () => number;
}

export interface RunOptions {
  stream: Stream;
  /** `true`: the disk is behind, hold the source back; `false`: it has caught up. */
  onPressure?(pressed: boolean): void;
}

export class LogStore {
  readonly folder: string;
  #limits: StoreLimits;
  readonly #options: LogStoreOptions;
  readonly #now: () => number;
  readonly #writers = new Set<RunWriter>();
  readonly #listeners = new Set<(growth: Growth) => void>();
  #tidying: Promise<void> | null = null;
  #toldOfPruning = false;

  /** Touches nothing yet. Throws if `workspace` is no name for a folder. */
  constructor(options: LogStoreOptions) {
    if (!isWorkspaceId(options.workspace)) throw new Error(`${options.workspace} is no name for a folder.`);
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#now = options.now ?? Date.now;
    this.folder = join(options.data, 'logs', options.workspace);
  }

  /** Keeps so much from now on. */
  limit(limits: Partial<StoreLimits>): void {
    this.#limits = { ...this.#limits, ...limits };
    this.#prune(async () => {});
  }

  /** Begins a run. Where it can't be stored that is said, and its writer takes everything and keeps nothing. */
  begin({ stream, onPressure = () => {} }: RunOptions): RunWriter {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    } catch {
      // The writer meets the same error, and tells it.
    }
    const writer = new RunWriter({
      folder: this.folder,
      stream,
      owner: ourselves(),
      limits: this.#limits,
      now: this.#now,
      onPressure,
      onFailure: this.#options.onFailure,
      onGrowth: (growth) => {
        for (const listener of this.#listeners) listener(growth);
      },
      onSegment: (run) => this.#prune(() => dropFirstSegments(this.folder, run, this.#limits)),
    });
    this.#writers.add(writer);
    this.#prune(async () => {});
    return writer;
  }

  /** Ends a run: what waits is written. @param label one word for how it ended, such as an exit code. */
  async end(writer: RunWriter, label = ''): Promise<void> {
    await writer.close(label);
    this.#writers.delete(writer);
  }

  /** The latest runs, the latest first. @param most so many are read; all without it. */
  runs(most?: number): Promise<RunInfo[]> {
    return listRuns(this.folder, most);
  }

  /** The latest run of a stream; null where there is none. */
  async latest(stream: Stream): Promise<string | null> {
    return (await latestRuns(this.folder)).find((id) => parseRunId(id)?.stream === stream) ?? null;
  }

  /** Opens a run to be read; whoever opens it closes it. */
  async open(run: string): Promise<Result<RunReader>> {
    return RunReader.open(this.folder, run);
  }

  /** Reports each run of this process that more of it can be read. @returns what ends that. */
  onGrowth(listener: (growth: Growth) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all runs. */
  async close(): Promise<void> {
    for (const writer of [...this.#writers]) await this.end(writer);
    await this.#tidying;
    this.#listeners.clear();
  }

  /** Does something to make room, then looks at the folder as a whole; one after the other. */
  #prune(first: () => Promise<void>): void {
    const before = this.#tidying ?? Promise.resolve();
    const tidying = before
      .then(first)
      .then(() => tidyRuns(this.folder, this.#limits, this.#now()))
      .catch((error: unknown) => {
        if (this.#toldOfPruning) return;
        this.#toldOfPruning = true;
        this.#options.onFailure(pruneFailure(error));
      })
      .then(() => {
        if (this.#tidying === tidying) this.#tidying = null;
      });
    this.#tidying = tidying;
  }
}
