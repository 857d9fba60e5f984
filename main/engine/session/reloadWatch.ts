import type { FileIdentity, Plan, ReloadStep } from '../../../preload/contract.ts';
import type { Artifact } from '../process/artifacts.ts';
import type { Image } from '../process/images.ts';

export interface WatchOptions {
  plan: Plan;
  /** Modules in stack order, bottom-up, and what each had mapped and on disk when the reload began. */
  order: readonly string[];
  before: ReadonlyMap<string, Image>;
  artifacts: ReadonlyMap<string, Artifact | null>;
  same(a: FileIdentity, b: FileIdentity): boolean;
  /** What is mapped now, every image of each module; null when the process is gone. */
  sample(): Promise<ReadonlyMap<string, readonly Image[]> | null>;
  /** This server says when it serves again: a reload is over only then. */
  saysReady: boolean;
  /** When to give it up, in ms. */
  timeout: number;
  /** A look at the maps showed something new. */
  onChange(): void;
}

export interface Observed {
  /** Modules that were stale, and now have the file on disk mapped. */
  swapped: string[];
  /** Modules of the plan whose old image is still mapped. */
  stayed: string[];
  /** Modules of the plan that have neither the old image mapped nor the file on disk. */
  missing: string[];
  end: 'complete' | 'quiet' | 'refused' | 'timed out' | 'gone';
}

const STEADY_TRIES = 10;
const FAST_MS = 3;
const SLOW_MS = 25;
const FAST_FOR_MS = 3_000;
/** After everything is swapped: how long to wait for a ready line that may never come. */
const READY_PATIENCE_MS = 3_000;
/** Nothing moves any more, and the server serves (or never says so): it is over. */
const QUIET_MS = 400;
const NOTHING_MS = 1_500;

/** Watches the memory maps during a reload: what goes, what comes, in which order, and when it is over. */
export class ReloadWatch {
  readonly steps: ReloadStep[] = [];
  readonly gone = new Set<string>();
  readonly arrived = new Set<string>();
  readonly #options: WatchOptions;
  readonly #began = performance.now();
  #lastChange = this.#began;
  #readyAt: number | null = null;
  #seen = '';
  #stopped = false;
  #refused = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** ms since the watch began: what the times of the steps count from, too. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** The server's own word that it serves again. */
  noteReady(): void {
    this.#readyAt = performance.now();
  }

  /** The server's own word that it won't. */
  noteRefused(): void {
    this.#refused = true;
  }

  /** The process ended: there is nothing more to see. */
  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<Observed> {
    for (;;) {
      const images = this.#stopped ? null : await this.#steadySample();
      if (images === null || this.#stopped) return this.#observed('gone', new Map());
      if (this.#compare(images)) this.#options.onChange();
      const end = this.#endOf(images);
      if (end !== null) return this.#observed(end, images);
      const fast = performance.now() - this.#began < FAST_FOR_MS;
      await new Promise((resolve) => setTimeout(resolve, fast ? FAST_MS : SLOW_MS));
    }
  }

  /**
   * A sample that the next one confirms: the kernel writes the maps page by page, and what is unmapped and mapped
   * meanwhile can show half-way.
   */
  async #steadySample(): Promise<ReadonlyMap<string, readonly Image[]> | null> {
    let images = await this.#options.sample();
    let seen = fingerprint(images);
    for (let tries = 0; seen !== this.#seen && tries < STEADY_TRIES; tries += 1) {
      images = await this.#options.sample();
      const again = fingerprint(images);
      if (again === seen) break;
      seen = again;
    }
    this.#seen = seen;
    return images;
  }

  /** Notes what went and what came since the last look. Looks can't tell apart what happened between them. */
  #compare(images: ReadonlyMap<string, readonly Image[]>): boolean {
    const { before, order, same } = this.#options;
    const now = performance.now();
    const at = now - this.#began;
    const known = this.steps.length;
    for (const module of order.toReversed()) {
      const old = before.get(module);
      if (old === undefined || this.gone.has(module)) continue;
      if (images.get(module)?.some((image) => same(image, old))) continue;
      this.gone.add(module);
      this.steps.push({ module, step: 'unload', at });
    }
    for (const module of order) {
      const old = before.get(module);
      if (this.arrived.has(module) || (old !== undefined && !this.gone.has(module))) continue;
      if ((images.get(module)?.length ?? 0) === 0) continue;
      this.arrived.add(module);
      this.steps.push({ module, step: 'load', at });
    }
    if (this.steps.length === known) return false;
    this.#lastChange = now;
    return true;
  }

  #endOf(images: ReadonlyMap<string, readonly Image[]>): Observed['end'] | null {
    const { plan, saysReady } = this.#options;
    const now = performance.now();
    if (now - this.#began > this.#options.timeout) return 'timed out';
    if (this.#refused && this.steps.length === 0) return 'refused';
    const pending = [...this.gone].some((module) => !this.arrived.has(module));
    const quietFor = now - Math.max(this.#lastChange, this.#readyAt ?? 0);
    if (plan.load.length > 0 && plan.load.every((module) => this.#isSwapped(module, images))) {
      if (!saysReady || this.#readyAt !== null || quietFor > READY_PATIENCE_MS) return 'complete';
      return null;
    }
    if (pending) return null;
    if (this.#readyAt !== null && quietFor > QUIET_MS) return 'quiet';
    if (plan.load.length === 0 && !saysReady && quietFor > NOTHING_MS) return 'quiet';
    if (plan.load.length === 0 && now - this.#began > READY_PATIENCE_MS + NOTHING_MS) return 'quiet';
    return null;
  }

  #isSwapped(module: string, images: ReadonlyMap<string, readonly Image[]>): boolean {
    const artifact = this.#options.artifacts.get(module) ?? null;
    const mapped = images.get(module) ?? [];
    return (
      artifact !== null && mapped.length > 0 && mapped.every((image) => this.#options.same(image, artifact))
    );
  }

  #observed(end: Observed['end'], images: ReadonlyMap<string, readonly Image[]>): Observed {
    const { plan, order, before, same } = this.#options;
    const wasStale = (module: string): boolean => {
      const old = before.get(module);
      const artifact = this.#options.artifacts.get(module) ?? null;
      return old === undefined || artifact === null || !same(old, artifact);
    };
    const isOld = (module: string): boolean => {
      const old = before.get(module);
      return old !== undefined && (images.get(module)?.some((image) => same(image, old)) ?? false);
    };
    const swapped = order.filter((module) => wasStale(module) && this.#isSwapped(module, images));
    const left = plan.load.filter((module) => !this.#isSwapped(module, images));
    return {
      end,
      swapped,
      stayed: left.filter(isOld),
      missing: left.filter((module) => !isOld(module)),
    };
  }
}

const fingerprint = (images: ReadonlyMap<string, readonly Image[]> | null): string =>
  [...(images ?? [])]
    .map(([name, mapped]) => `${name}=${mapped.map((image) => image.inode).join()}`)
    .join(' ');
