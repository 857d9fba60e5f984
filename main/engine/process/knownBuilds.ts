import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { saveFile } from '../../files/saveFile.ts';
import type { CodeCache } from './codeCache.ts';
import type { Code } from './codeIdentity.ts';
import { type FileStamp, stampKey } from './fileStamp.ts';

const BuildSchema = z.object({
  id: z.string(),
  head: z.string(),
  readOnly: z.string(),
  own: z.string().nullable(),
  /** The stamp of its file, so that it needs not be read again. */
  stamp: z.string(),
  /** When it was written; ms since the epoch. */
  builtAt: z.number(),
});

const FileSchema = z.object({ v: z.literal(1), modules: z.record(z.string(), z.array(BuildSchema)) });

/** What code a module's artifact held once. */
export type KnownBuild = z.infer<typeof BuildSchema>;

const MOST_BUILDS = 24;
const MOST_MODULES = 256;
const WRITE_AFTER_MS = 1_500;

/**
 * The code of a workspace's artifacts, of now and of earlier builds: so that an image is known for what it is when its
 * file is gone from where it was built, or an older one was put back. Outlives the session.
 */
export class KnownBuilds {
  readonly #cache: CodeCache;
  readonly #file: string | null;
  /** By module, the latest last. */
  #modules = new Map<string, KnownBuild[]>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  readonly #writes: boolean;

  /** @param data the app's data folder; null: they are kept for this session alone. @param writes false: only read there. */
  constructor(cache: CodeCache, data: string | null = null, workspace = '', writes = true) {
    this.#cache = cache;
    this.#writes = writes;
    this.#file = data === null ? null : join(data, 'code', `${workspace}.json`);
  }

  /** Reads what earlier sessions found. Nothing there, or of another version: then nothing is known. */
  async load(): Promise<void> {
    if (this.#file === null) return;
    try {
      const { modules } = FileSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
      this.#modules = new Map(Object.entries(modules));
    } catch {
      return;
    }
    for (const build of [...this.#modules.values()].flat()) this.#cache.learn(build.stamp, build);
  }

  /** An artifact holds this code. */
  note(module: string, code: Code, stamp: FileStamp): void {
    const builds = this.#modules.get(module) ?? [];
    const key = stampKey(stamp);
    const last = builds.at(-1);
    if (last !== undefined && last.id === code.id && last.stamp === key) return;
    const builtAt = Number(stamp.mtimeNs / 1_000_000n);
    const before = builds.find((each) => each.id === code.id);
    // Written again with the same code, it is the build that it was.
    const build = { ...code, stamp: key, builtAt: before?.builtAt ?? builtAt };
    const others = builds.filter((each) => each.id !== code.id);
    this.#modules.delete(module);
    this.#modules.set(module, [...others, build].slice(-MOST_BUILDS));
    const [oldest] = this.#modules.keys();
    if (this.#modules.size > MOST_MODULES && oldest !== undefined) this.#modules.delete(oldest);
    if (this.#file === null || !this.#writes) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), WRITE_AFTER_MS);
    this.#timer.unref();
  }

  /** The builds of a module that are known, the latest last. */
  of(module: string): readonly KnownBuild[] {
    return this.#modules.get(module) ?? [];
  }

  /** Modules one of whose builds has this head: who has none needs not be read. */
  withHead(head: string): string[] {
    return this.#having((build) => build.head === head);
  }

  /** Modules one of whose builds is this code. */
  withCode(id: string): string[] {
    return this.#having((build) => build.id === id);
  }

  /** The same of what could be seen in memory: a build whose other parts may differ. */
  withReadOnly(readOnly: string): { module: string; build: KnownBuild }[] {
    return [...this.#modules].flatMap(([module, builds]) =>
      builds.filter((build) => build.readOnly === readOnly).map((build) => ({ module, build })),
    );
  }

  /** Writes down what was not yet. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#write();
    await this.#writing;
  }

  #having(fits: (build: KnownBuild) => boolean): string[] {
    return [...this.#modules].filter(([, builds]) => builds.some(fits)).map(([module]) => module);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeNow());
  }

  /** Put into place as a whole. Where that can't be done, the next session knows less: no reason to bother anybody. */
  async #writeNow(): Promise<void> {
    if (this.#file === null) return;
    try {
      await saveFile(this.#file, JSON.stringify({ v: 1, modules: Object.fromEntries(this.#modules) }), {
        makeFolder: true,
      });
    } catch {
      // As said: the next session goes without.
    }
  }
}
