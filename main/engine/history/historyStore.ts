/**
 * The history of one workspace: what happened, on disk. How it lies there is described in recordLines.ts. Several instances of
 * the app may use one folder: each writes files of its own, and reads those of all.
 */
import { join } from 'node:path';
import type {
  Answer,
  BuildRecord,
  Failure,
  HistoryEntry,
  HistoryKind,
  HistoryRecord,
  ModuleGraph,
  QuestionParams,
  ReloadRecord,
  ServerRecord,
} from '#shared/contract.ts';
import { isWorkspaceId } from '../logs/store/runNames.ts';
import { failed, type Result, success } from '../result.ts';
import { Follower } from './follower.ts';
import { GONE, notPruned, unreadable } from './historyFailures.ts';
import { HISTORY_LIMITS, type HistoryLimits } from './historyLimits.ts';
import { HistoryWriter } from './historyWriter.ts';
import { latestBuilds } from './latest.ts';
import { HistoryList } from './list.ts';
import { NumbersReader } from './numbers/numbers.ts';
import { readRecords, type StoredRecord } from './readRecords.ts';
import { parseRecordId, recordId, type SegmentName } from './segmentNames.ts';
import { type News, SegmentSet } from './segmentSet.ts';
import { entriesOf, selectPoints, wholeOf } from './select.ts';
import { entryOf, summaryOf } from './summary.ts';
import { tidyHistory } from './tidy.ts';

export interface HistoryStoreOptions {
  /** The app's data folder. */
  data: string;
  /** What the workspace's folder is called. */
  workspace: string;
  limits?: Partial<HistoryLimits>;
  /** What the user should know: once where things can't be written, until they can; once what can't be read or removed. */
  onFailure(failure: Failure): void;
  /** ms since the epoch. */
  now?: () => number;
}

/** So many records of others are told at once; of more, the last one. */
const MOST_NEWS = 50;

export class HistoryStore {
  readonly folder: string;
  #limits: HistoryLimits;
  readonly #onFailure: (failure: Failure) => void;
  readonly #now: () => number;
  readonly #writer: HistoryWriter;
  readonly #segmentSet: SegmentSet;
  readonly #list = new HistoryList();
  readonly #numbers = new NumbersReader();
  readonly #follower: Follower;
  readonly #listeners = new Set<(entry: HistoryEntry, more: boolean) => void>();
  #tidying: Promise<void> = Promise.resolve();
  readonly #told = new Set<string>();

  /** Touches nothing yet. Throws if `workspace` is no name for a folder. */
  constructor({ data, workspace, limits, onFailure, now = Date.now }: HistoryStoreOptions) {
    if (!isWorkspaceId(workspace)) throw new Error(`${workspace} is no name for a folder.`);
    this.folder = join(data, 'history', workspace);
    this.#limits = { ...HISTORY_LIMITS, ...limits };
    this.#onFailure = onFailure;
    this.#now = now;
    const isOurs = ({ writer }: SegmentName): boolean => writer === this.#writer.name;
    this.#segmentSet = new SegmentSet({
      folder: this.folder,
      isOurs,
      onUnreadable: (error) => this.#tellOnce(unreadable(error)),
      onNews: (news) => this.#tell(news),
      now,
    });
    this.#follower = new Follower({
      folder: this.folder,
      isOurs,
      awaits: () => this.#segmentSet.awaits,
      look: (names) =>
        this.#segmentSet.look(names).catch((error: unknown) => this.#tellOnce(unreadable(error))),
    });
    this.#writer = new HistoryWriter({
      folder: this.folder,
      segmentBytes: this.#limits.segmentBytes,
      now,
      onFailure,
      onSegment: (name) => {
        this.#segmentSet.add(name);
        this.#follower.resume();
        this.tidy();
      },
      onWritten: (name, entries) => {
        for (const entry of entries) this.#segmentSet.get(name)?.note(entry);
      },
    });
  }

  /** The modules as they are from now on: what is appended is about these. */
  noteGraph(graph: ModuleGraph): void {
    this.#writer.noteGraph(graph);
  }

  /** Keeps a record; when this returns it is in the file. Null: it could not be kept, and `onFailure` knows why. */
  append(record: HistoryRecord): HistoryEntry | null {
    const written = this.#writer.append(record);
    if (written === null) return null;
    const entry = entryOf(recordId(written.name, written.offset), summaryOf(record));
    for (const listener of this.#listeners) listener(entry, false);
    return entry;
  }

  /**
   * Notes that something begins. It is over when a record of the same kind and beginning is appended; if this process ends
   * before that, this one counts instead, with the time up to its last sign of life.
   */
  begin(record: BuildRecord | ReloadRecord | ServerRecord): void {
    this.#writer.begin(record);
  }

  /**
   * Reports each record that this process appends, and, from the first look into the folder on, of those of others: when
   * they are seen, so somewhat later. `more`: there are others, too many to be told. @returns what ends that.
   */
  onRecorded(listener: (entry: HistoryEntry, more: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** From now on what others write is seen by itself. Creates the folder. */
  follow(): void {
    this.#follower.follow();
  }

  /** Keeps so much from now on. */
  limit(limits: Partial<Pick<HistoryLimits, 'totalBytes' | 'ageMs'>>): void {
    this.#limits = { ...this.#limits, ...limits };
    this.tidy();
  }

  /** What lies in a range of time, put together where it is too much. Errors: the folder can't be read. */
  async history(question: QuestionParams<'history'>): Promise<Result<Answer<'history'>>> {
    return this.#reading(async () => {
      await this.#segmentSet.refresh();
      const others = await this.#segmentSet.alive();
      const { segments } = this.#segmentSet;
      const points = await selectPoints(segments, question);
      const ours = this.#writer.name;
      return success({
        entries: await entriesOf(points, question),
        count: points.length,
        whole: wholeOf(segments),
        writers: ours === null ? others : [...others, ours],
      });
    });
  }

  /** A page of the list of all records. Errors: the folder can't be read. */
  async list(question: QuestionParams<'historyList'>): Promise<Result<Answer<'historyList'>>> {
    return this.#reading(async () => {
      await this.#segmentSet.refresh();
      return success(await this.#list.page(this.#segmentSet.segments, question));
    });
  }

  /** What it comes to in numbers. Errors: the folder can't be read. */
  async numbers(question: QuestionParams<'numbers'>): Promise<Result<Answer<'numbers'>>> {
    return this.#reading(async () => {
      await this.#segmentSet.refresh();
      const read = async (id: string) => {
        const found = await this.record(id);
        return found.ok ? found.value : null;
      };
      return success(await this.#numbers.answer(this.#segmentSet.segments, question, this.#now(), read));
    });
  }

  /** A record, and the modules as they were then. Errors: it is gone, or can't be read. */
  async record(id: string): Promise<Result<Answer<'historyRecord'>>> {
    return this.#reading(async () => {
      const name = parseRecordId(id);
      if (name !== null && this.#segmentSet.get(name) === null) await this.#segmentSet.refresh();
      const segment = name === null ? null : this.#segmentSet.get(name);
      const place = name === null ? null : (segment?.entries.find(name.offset) ?? null);
      const line = segment === null || place === null ? null : await segment.line(place);
      if (segment === null || place === null || line?.kind !== 'record') return { ok: false, failure: GONE };
      let graph: ModuleGraph | null = null;
      for (let i = place - 1; i >= 0 && graph === null; i -= 1) {
        const before = segment.entries.isGraph(i) ? await segment.line(i) : null;
        if (before?.kind === 'graph') graph = before.graph;
      }
      return success({ record: line.record, graph });
    });
  }

  /** All records that began in [from, to], by time, whoever wrote them. Fails as the file system does. */
  async *records(
    range: { from?: number; to?: number; kinds?: readonly HistoryKind[] } = {},
  ): AsyncGenerator<StoredRecord> {
    await this.#segmentSet.refresh();
    yield* readRecords(this.#segmentSet.segments, range);
  }

  /** The latest builds, whoever wrote them, the last one first. Fails as the file system does. */
  async latestBuilds(most: number): Promise<BuildRecord[]> {
    await this.#segmentSet.refresh();
    return latestBuilds(this.#segmentSet.segments, most);
  }

  /** Removes what is too much or too old, and makes indexes good; when nothing else is to be done. */
  tidy(): void {
    this.#tidying = this.#tidying
      .then(async () => {
        await tidyHistory(this.folder, this.#limits, this.#now());
        await this.#segmentSet.refresh();
        await this.#segmentSet.mend();
      })
      .catch((error: unknown) => this.#tellOnce(notPruned(error)));
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#follower.close();
    await this.#writer.close();
    await this.#tidying;
  }

  #tell(news: readonly News[]): void {
    const told = news.length <= MOST_NEWS ? news : news.slice(-1);
    for (const { segment, entry } of told) {
      const summary = segment.entries.summary(entry);
      if (summary === null) continue;
      const known = entryOf(recordId(segment.name, segment.entries.offset(entry)), summary);
      for (const listener of this.#listeners) listener(known, told.length < news.length);
    }
  }

  #tellOnce(failure: Failure): void {
    if (this.#told.has(failure.kind)) return;
    this.#told.add(failure.kind);
    this.#onFailure(failure);
  }

  async #reading<T>(read: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await read();
    } catch (error) {
      const { kind, message, remedy } = unreadable(error);
      return failed(kind, message, remedy);
    }
  }
}
