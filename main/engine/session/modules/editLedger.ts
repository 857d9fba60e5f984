import type { Save } from '../../building/why/buildFacts.ts';
import { Emitter } from '../emitter.ts';

/** A file that no running server has yet, when it was first saved since one had it, and the modules that it belongs to. */
export interface Edit {
  file: string;
  /** ms since the epoch. */
  at: number;
  owners: readonly string[];
}

/** Files that were saved together. */
export interface Saved {
  /** ms since the epoch. */
  at: number;
  files: readonly string[];
  /** The modules that they belong to, each once. */
  owners: readonly string[];
}

/** The member that holds a file, and the nodes of the graph that an edit of it changes by itself. */
export interface Ownership {
  member: string | null;
  owners: readonly string[];
}

interface Entry {
  readonly file: string;
  readonly member: string | null;
  readonly owners: readonly string[];
  /** When it was saved last, and first since a server took it in; null: the server that runs has it. */
  readonly savedAt: number;
  readonly since: number | null;
  /** No build has taken it in. */
  readonly isWaiting: boolean;
  /** It was saved since the latest build began, which may not have seen it. */
  readonly isNewer: boolean;
  /** Its owners of which the server runs code from before the save. */
  readonly missingFrom: ReadonlySet<string>;
}

/**
 * Every file that was saved in this session, and how far each has come: waiting for a build, built, loaded by the server.
 * Everybody who needs to know of edits asks or subscribes here; what a build loop looks like is the business of watch/feedback.ts.
 */
export class EditLedger {
  /** By file, in the order in which they were saved last. */
  readonly #entries = new Map<string, Entry>();
  readonly #ownershipOf: (file: string) => Ownership;
  readonly #events = new Emitter<{ saved: [saved: Saved]; waiting: [files: string[]] }>();
  #changed: ReadonlyMap<string, string> | null = null;

  /** @param ownershipOf by the workspace as it is at the save. */
  constructor(ownershipOf: (file: string) => Ownership) {
    this.#ownershipOf = ownershipOf;
  }

  /** `waiting`: other files wait for a build; then `saved`: these were saved. */
  readonly on = this.#events.on;

  /** Files were saved. @param at ms since the epoch. */
  save(files: readonly string[], at = Date.now()): void {
    for (const file of files) {
      const before = this.#entries.get(file);
      const { member, owners } = this.#ownershipOf(file);
      this.#entries.delete(file);
      this.#entries.set(file, {
        ...{ file, member, owners, savedAt: at, since: before?.since ?? at },
        ...{ isWaiting: true, isNewer: true, missingFrom: new Set(owners) },
      });
    }
    this.#changed = null;
    this.#events.emit('waiting', this.waiting);
    const owners = new Set(files.flatMap((file) => this.#entries.get(file)?.owners ?? []));
    this.#events.emit('saved', { at, files: [...files], owners: [...owners] });
  }

  /** Files that no build has taken in, sorted. */
  get waiting(): string[] {
    return [...this.#entries.values()].flatMap(({ file, isWaiting }) => (isWaiting ? [file] : [])).sort();
  }

  /** A build begins. @returns the files that it takes in. */
  beginBuild(): string[] {
    this.#update(
      (entry) => entry.isNewer,
      () => ({ isNewer: false }),
    );
    return this.waiting;
  }

  /** A build that took in these files went well: those that were not saved again meanwhile wait no longer. */
  finishBuild(takenIn: readonly string[]): void {
    const files = new Set(takenIn);
    this.#update(
      ({ file, isNewer }) => files.has(file) && !isNewer,
      () => ({ isWaiting: false }),
    );
    this.#events.emit('waiting', this.waiting);
  }

  /** The last save of each file; of those that were given, where any were. */
  saves(files?: readonly string[]): Save[] {
    const entries = files?.flatMap((file) => this.#entries.get(file) ?? []) ?? [...this.#entries.values()];
    return entries.map(({ file, member, savedAt }) => ({ file, member, at: savedAt }));
  }

  /** The modules that run code from before an edit of their own, and the file that was saved last for each. */
  get changedModules(): ReadonlyMap<string, string> {
    this.#changed ??= new Map(
      [...this.#entries.values()].flatMap(({ file, missingFrom }) =>
        [...missingFrom].map((name) => [name, file] as const),
      ),
    );
    return this.#changed;
  }

  /** Edits that are built and that no running server has: what the next reload may bring in. */
  get built(): Edit[] {
    return [...this.#entries.values()].flatMap(({ file, owners, since, isWaiting }) =>
      isWaiting || since === null ? [] : [{ file, owners, at: since }],
    );
  }

  /** A reload has swapped these modules. @param built what was built when it began. */
  swap(modules: readonly string[], built: readonly Edit[]): void {
    const swapped = new Set(modules);
    this.#update(
      ({ missingFrom }) => [...missingFrom].some((name) => swapped.has(name)),
      ({ missingFrom }) => ({ missingFrom: new Set([...missingFrom].filter((name) => !swapped.has(name))) }),
    );
    const since = new Map(built.map(({ file, at }) => [file, at]));
    this.#update(
      (entry) => since.get(entry.file) === entry.since && entry.owners.some((name) => swapped.has(name)),
      // One that was saved again meanwhile is another edit.
      ({ isWaiting, savedAt }) => ({ since: isWaiting ? savedAt : null }),
    );
  }

  /** A server was started: it has all that was built. */
  start(): void {
    this.#update(
      ({ isWaiting }) => !isWaiting,
      () => ({ since: null, missingFrom: NONE }),
    );
  }

  #update(concerns: (entry: Entry) => boolean, change: (entry: Entry) => Partial<Entry>): void {
    this.#changed = null;
    // A key that is there keeps its place.
    for (const [file, entry] of this.#entries) {
      if (concerns(entry)) this.#entries.set(file, { ...entry, ...change(entry) });
    }
  }
}

const NONE: ReadonlySet<string> = new Set();
