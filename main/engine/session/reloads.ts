import type { LastReload, Plan } from '../../../preload/contract.ts';
import type { LogEvent } from '../logs/events/logEvent.ts';
import { summarizeEvents } from '../logs/events/summary.ts';
import type { Image } from '../process/images.ts';
import type { ServerEnd } from '../process/serverControl.ts';
import type { Inventory } from './inventory.ts';
import { judge } from './reloadVerdict.ts';
import { ReloadWatch } from './reloadWatch.ts';

interface Options {
  inventory: Inventory;
  /** The server that runs: its process, whether it says when it serves, its last lines, and its end. */
  server(): {
    pid: number | null;
    saysReady: boolean;
    tail: readonly string[];
    lastEnd: Promise<ServerEnd | null>;
  };
  label(name: string): string;
  /** What keeps a module mapped, as a sentence; null where its files don't tell. */
  holder(name: string): string | null;
  /** When to give a reload up, in ms. */
  timeout(): number;
  /** The reload as it stands: while it runs, and when it is over. */
  onChange(reload: LastReload): void;
}

/** The reloads of a session: one at a time, watched in the memory maps from signal to end. */
export class Reloads {
  readonly #options: Options;
  #count = 0;
  #watch: ReloadWatch | null = null;
  #plan: Plan | null = null;
  #events: LogEvent[] = [];
  #done: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#watch !== null;
  }

  /** Resolves when no reload runs; at once where none does. */
  get done(): Promise<void> {
    return this.#done;
  }

  /** Modules that the running reload is about to take out, and those that are on their way back in. */
  get moving(): { unloading: ReadonlySet<string>; loading: ReadonlySet<string> } {
    const watch = this.#watch;
    if (watch === null || this.#plan === null) return { unloading: new Set(), loading: new Set() };
    return {
      unloading: new Set(this.#plan.unload.filter((name) => !watch.gone.has(name))),
      loading: new Set([...watch.gone].filter((name) => !watch.arrived.has(name))),
    };
  }

  noteReady(): void {
    this.#watch?.noteReady();
  }

  /** What the server's log says; it explains what the maps show. */
  noteLog(events: readonly LogEvent[]): void {
    if (this.#watch === null || events.length === 0) return;
    this.#events.push(...events);
    const count = (kind: LogEvent['kind']): number =>
      this.#events.filter((event) => event.kind === kind).length;
    // Each signal is logged, and a refusal after it: the server obeys none if it refuses all.
    if (count('refused') > 0 && count('refused') >= count('reload-requested')) this.#watch.noteRefused();
  }

  /** The server ended. */
  stop(): void {
    this.#watch?.stop();
  }

  /**
   * Watches a reload from now on, to its end. Null where there is nothing to watch.
   * @param begin sets it off, once the watch stands; or, for one that began elsewhere, what was mapped before it.
   */
  async watch(
    cause: LastReload['cause'],
    plan: Plan,
    begin: (() => void) | ReadonlyMap<string, Image>,
  ): Promise<LastReload | null> {
    const { inventory, server, label, holder, timeout, onChange } = this.#options;
    const { pid, saysReady } = server();
    const seenLate = typeof begin !== 'function';
    const before = seenLate ? begin : inventory.images;
    if (this.#watch !== null || pid === null) return null;
    if (before === null) {
      // Blind (no /proc here): the server gets its signal all the same, and nothing is claimed.
      if (!seenLate) begin();
      return null;
    }
    this.#count += 1;
    const base = {
      number: this.#count,
      cause,
      startedAt: Date.now(),
      plan,
      steps: [],
      swapped: [],
      stayed: [],
      stuck: [],
      deviations: [],
      disagreements: [],
      lines: [],
      evidence: 'maps' as const,
      coreFile: null,
    };
    const started: LastReload = { ...base, took: null, verdict: 'running', message: 'Reloading.' };
    const watch = new ReloadWatch({
      plan,
      order: inventory.graph.order,
      before,
      artifacts: inventory.artifacts,
      same: inventory.same,
      sample: () => inventory.sample(pid),
      // Its ready line may have come and gone.
      saysReady: saysReady && !seenLate,
      timeout: timeout(),
      onChange: () => onChange({ ...started, steps: [...watch.steps] }),
    });
    this.#watch = watch;
    this.#plan = plan;
    this.#events = [];
    onChange(started);
    if (!seenLate) begin();
    const ran = watch.run();
    this.#done = ran.then(() => undefined);
    const observed = await ran;
    const end = observed.end === 'gone' ? await server().lastEnd : null;
    this.#watch = null;
    this.#plan = null;
    const finished: LastReload = {
      ...started,
      ...judge({
        plan,
        observed,
        log: summarizeEvents(this.#events),
        end,
        tail: end?.tail ?? server().tail,
        label,
        holder,
      }),
      took: Math.round(watch.elapsed),
      steps: watch.steps,
      swapped: observed.swapped,
      stayed: observed.stayed,
    };
    inventory.stuck.clear();
    if (finished.verdict === 'stuck') for (const name of observed.stayed) inventory.stuck.add(name);
    onChange(finished);
    return finished;
  }
}
