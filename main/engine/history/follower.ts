import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import { parseSegmentFile, type SegmentName } from './segmentNames.ts';

interface Options {
  folder: string;
  isOurs(name: SegmentName): boolean;
  /** Looks at what others have written to these; must not fail. */
  look(names: readonly SegmentName[]): Promise<void>;
  /** Whether others have begun something that they may not live to end. */
  awaits(): boolean;
}

/** What comes quickly one after the other is looked at once, ms. */
const CALM_MS = 150;
/** Interval of the looks for whether others that have begun something are still there, ms. */
const AWAIT_MS = 2_000;

/** Has what others write into the folder of a history looked at when they do: only their files, and only when they change. */
export class Follower {
  readonly #options: Options;
  readonly #changed = new Map<string, SegmentName>();
  #state: 'idle' | 'following' | 'closed' = 'idle';
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | undefined;
  #awaiting: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Where the folder can't be made or watched, what others write is seen with the next question. */
  follow(): void {
    if (this.#state === 'closed') return;
    this.#state = 'following';
    this.#end();
    const { folder } = this.#options;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const watcher = watch(folder, { persistent: false }, (_, file) => this.#note(file));
      this.#watcher = watcher;
      // It is gone, or can't be watched any more: until the next segment is begun.
      watcher.on('error', () => this.#end());
    } catch {
      this.#watcher = null;
    }
    this.#awaiting = setInterval(() => {
      if (this.#options.awaits()) this.#schedule();
    }, AWAIT_MS);
    this.#awaiting.unref();
  }

  /** The folder may be another one now. */
  resume(): void {
    if (this.#state === 'following') this.follow();
  }

  close(): void {
    this.#state = 'closed';
    this.#end();
  }

  #note(file: string | null): void {
    const name = file === null ? null : parseSegmentFile(file);
    // The sizes of the lines are what counts; and who writes here knows its own.
    if (name === null || name.kind !== 'jsonl' || this.#options.isOurs(name)) return;
    this.#changed.set(`${name.writer}-${name.segment}`, { writer: name.writer, segment: name.segment });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#state !== 'following' || this.#looking) return;
    this.#timer ??= setTimeout(() => void this.#look(), CALM_MS);
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    const names = [...this.#changed.values()];
    this.#changed.clear();
    this.#looking = true;
    await this.#options.look(names);
    this.#looking = false;
    if (this.#changed.size > 0) this.#schedule();
  }

  #end(): void {
    this.#watcher?.close();
    this.#watcher = null;
    clearInterval(this.#awaiting);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
