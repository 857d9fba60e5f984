import type { LastReload, Plan, ReloadStep } from '#shared/contract.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { Emitter } from '../emitter.ts';
import { fingerprint, type Snapshot } from '../modules/serverImages.ts';
import { departed, type Places, placesOf } from './along.ts';
import { type Compared, ImageComparison } from './imageComparison.ts';
import { type Observed, sortModules } from './observed.ts';
import { endOf, type ReadyWord, type ReloadEnd } from './reloadEnd.ts';

export interface WatchOptions extends Compared {
  plan: Plan;
  /** Modules in stack order, bottom-up. */
  order: readonly string[];
  /** All that the process that serves had mapped; none where that is not known. */
  libraries?: readonly Image[];
  /** What is mapped now; null when the process is gone. */
  sample(): Snapshot | null;
  /** Without the maps: has the log ever named a module? If not, there is nothing to wait for. */
  logSpeaks(): boolean;
  /** Whether this server says when it serves again. */
  word: ReadyWord;
  /** When to give it up, in ms. */
  timeout: number;
}

const STEADY_TRIES = 10;
const FAST_MS = 3;
const SLOW_MS = 25;
const FAST_FOR_MS = 3_000;
/** A ready line that comes so soon, before anything has moved, may have been written before the signal. */
const EARLY_MS = 50;
/** Looking must not take more than a third of the time, however much is mapped. */
const REST = 2;

/** Watches the memory maps during a reload: what goes, what comes, in which order, and when it is over. */
export class ReloadWatch {
  readonly steps: ReloadStep[] = [];
  readonly gone = new Set<string>();
  readonly arrived = new Set<string>();
  /** Libraries of the plan that were seen to go along with a module. */
  readonly along = new Set<string>();
  readonly #places: Places;
  readonly #options: WatchOptions;
  readonly #comparison: ImageComparison;
  readonly #events = new Emitter<{ step: [] }>();
  readonly #began = performance.now();
  /** Something has to come in that is not there yet. */
  readonly #hasPlan: boolean;
  #lastChange = this.#began;
  #served: { at: number; isDoubtful: boolean } | null = null;
  #refusedAt: number | null = null;
  #underWay = false;
  #last: Snapshot | null = null;
  #evidence: LastReload['evidence'] = 'maps';
  #seen = '';
  #stopped = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#comparison = new ImageComparison(options);
    this.#places = placesOf(options.plan.along, {
      mapped: options.before,
      libraries: options.libraries ?? [],
    });
    this.#hasPlan = options.plan.load.some((module) => !this.#comparison.isSwapped(module, options.before));
  }

  /** `step`: a look showed that something went or came. */
  readonly on = this.#events.on;

  /** `log` as soon as one look had to do without the maps. */
  get evidence(): LastReload['evidence'] {
    return this.#evidence;
  }

  /** ms since the watch began: what the times of the steps count from, too. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** When the server said that it serves again: ms after the watch began, and not before its first step. */
  get answered(): number | null {
    return this.#served === null ? null : this.#served.at - this.#began;
  }

  /** ms from its beginning to the last thing that was seen of it: a step, or the server's word. Null: nothing was. */
  get worked(): number | null {
    const word = this.#served?.at ?? this.#refusedAt;
    const times = [this.steps.at(-1)?.at, word === null ? undefined : word - this.#began];
    const seen = times.filter((time) => time !== undefined);
    return seen.length === 0 ? null : Math.max(...seen);
  }

  /**
   * The server's own word that it serves again. While something is on its way, it is another's or an old one.
   * @param isHeard its log shows that it was told to reload, before this.
   */
  noteReady(isHeard: boolean): void {
    // A look first: what it did before it said so bears no later time.
    this.look();
    if (this.#isPending()) return;
    const at = performance.now();
    const isDoubtful =
      !isHeard &&
      this.steps.length === 0 &&
      this.#options.plan.load.length > 0 &&
      at - this.#began < EARLY_MS;
    this.#served ??= { at, isDoubtful };
    if (!isDoubtful) this.#served.isDoubtful = false;
  }

  /** The server's own word that it won't. */
  noteRefused(): void {
    if (!this.#underWay) this.#refusedAt ??= performance.now();
  }

  /** Its log shows that it reloads: what it refused was to do so twice. */
  noteUnderWay(): void {
    this.#underWay = true;
    this.#refusedAt = null;
  }

  /** The process ended: there is nothing more to see. */
  stop(): void {
    this.#stopped = true;
  }

  /** Looks at once: for what a log tells line by line, where looks now and then would lose the order. */
  look(): void {
    const snapshot = this.#stopped ? null : this.#steadySample();
    if (snapshot !== null && this.#compare(snapshot.mapped)) this.#events.emit('step');
  }

  async run(): Promise<Observed> {
    for (;;) {
      const from = performance.now();
      const snapshot = this.#stopped ? null : this.#steadySample();
      if (snapshot === null) return this.#observed('gone', new Map());
      if (this.#compare(snapshot.mapped)) this.#events.emit('step');
      const end = this.#endOf(snapshot.mapped);
      if (end !== null) return this.#observed(end, snapshot.mapped);
      const now = performance.now();
      const pace = now - this.#began < FAST_FOR_MS ? FAST_MS : SLOW_MS;
      await new Promise((resolve) => setTimeout(resolve, Math.max(pace, REST * (now - from))));
    }
  }

  /**
   * A sample that the next one confirms: the kernel writes the maps page by page, and what is unmapped and mapped
   * meanwhile can show half-way.
   */
  #steadySample(): Snapshot | null {
    const { sample } = this.#options;
    let snapshot = sample();
    let seen = fingerprint(snapshot?.mapped ?? new Map());
    for (let tries = 0; seen !== this.#seen && tries < STEADY_TRIES; tries += 1) {
      snapshot = sample();
      const again = fingerprint(snapshot?.mapped ?? new Map());
      if (again === seen) break;
      seen = again;
    }
    this.#seen = seen;
    this.#last = snapshot ?? this.#last;
    if (snapshot !== null && this.#places.size > this.along.size) {
      const now = placesOf([...this.#places.keys()], snapshot);
      for (const name of departed(this.#places, now)) this.along.add(name);
    }
    if (snapshot !== null && snapshot.blind !== null) this.#evidence = 'log';
    return snapshot;
  }

  /** Notes what went and what came since the last look. Looks can't tell apart what happened between them. */
  #compare(images: Mapped): boolean {
    const { before, order } = this.#options;
    const now = performance.now();
    const at = now - this.#began;
    const known = this.steps.length;
    for (const module of order.toReversed()) {
      if (this.gone.has(module) || !this.#comparison.hasGone(module, images)) continue;
      this.gone.add(module);
      this.steps.push({ module, step: 'unload', at });
    }
    for (const module of order) {
      const old = before.get(module);
      if (this.arrived.has(module)) continue;
      const mapped = images.get(module) ?? [];
      // A server that opens copies may open the new one first, and close the old one later, or never.
      const isBeside = old !== undefined && !this.gone.has(module);
      if (
        isBeside
          ? !mapped.some((image) => image.copy !== undefined && this.#comparison.cameIn(module, image))
          : mapped.length === 0
      )
        continue;
      this.arrived.add(module);
      this.steps.push({ module, step: 'load', at });
    }
    if (this.steps.length === known) return false;
    // What was said before the first step was no answer.
    if (known === 0) this.#served = null;
    this.#lastChange = now;
    return true;
  }

  #endOf(images: Mapped): ReloadEnd | null {
    const { plan, word, timeout } = this.#options;
    const now = performance.now();
    const hasPlan = this.#hasPlan;
    const isBack = (module: string): boolean => this.gone.has(module) && this.arrived.has(module);
    const served = this.#served === null ? 'no' : this.#served.isDoubtful ? 'doubtful' : 'yes';
    return endOf({
      elapsed: now - this.#began,
      timeout,
      word,
      hasPlan,
      hasMoved: this.steps.length > 0,
      isPending: this.#isPending(),
      isAllIn:
        plan.load.length > 0 &&
        plan.load.every((module) => this.#comparison.isSwapped(module, images)) &&
        !this.#isPending() &&
        // What is the same before and after is in when it was seen to come.
        (hasPlan || plan.unchanged.every(isBack)),
      quietFor: now - Math.max(this.#lastChange, this.#served?.at ?? 0),
      served,
      refusedFor: this.#refusedAt === null ? null : now - this.#refusedAt,
      isUnseen: this.#evidence === 'log' && !this.#options.logSpeaks(),
    });
  }

  #isPending(): boolean {
    return [...this.gone].some((module) => !this.arrived.has(module));
  }

  #observed(end: Observed['end'], images: Mapped): Observed {
    const { plan, order } = this.#options;
    const { gone, arrived } = this;
    const { server = null, hidden = [] } = this.#last ?? {};
    return {
      ...sortModules({ plan, order, gone, arrived, comparison: this.#comparison, images }),
      along: [...this.along],
      unseenAlong: [...this.#places.keys()].filter((name) => !this.along.has(name)),
      server,
      hidden,
      served: this.#served !== null,
      end,
    };
  }
}
