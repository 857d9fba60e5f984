import type { LastReload, Newness, Plan, ReloadBy } from '#shared/contract.ts';
import type { LogEvent } from '../../families/logEvent.ts';
import { summarizeEvents } from '../../logs/events/summary.ts';
import { isPending, readHalted } from '../../process/halted.ts';
import type { Mapped } from '../../process/images.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import { Emitter } from '../emitter.ts';
import type { Inventory } from '../modules/inventory.ts';
import { noteLoadTimes, noteStuck } from './aftermath.ts';
import { finishedReload } from './finishedReload.ts';
import type { Observed } from './observed.ts';
import type { Outcome } from './outcome.ts';
import type { ReadyWord } from './reloadEnd.ts';
import { ReloadLogState } from './reloadLogState.ts';
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
  /** Whether this server is known to say after each reload that it serves again; null: not known. */
  answersReloads(): boolean | null;
  /** By what it tells that a library is new. */
  newness(): Newness;
  label(name: string): string;
  /** What keeps a module mapped, as a sentence; null where its files don't tell. */
  holder(name: string): string | null;
  /** When to give a reload up, in ms. */
  timeout(): number;
  /** What asks for one. */
  by(): ReloadBy;
}

/** A reload of which nothing was seen yet. */
const NOTHING_YET = {
  took: null,
  verdict: 'running',
  evidence: 'maps',
  message: 'Reloading.',
  steps: [],
  swapped: [],
  stayed: [],
  unchanged: [],
  along: [],
  stuck: [],
  deviations: [],
  disagreements: [],
  lines: [],
  coreFile: null,
  pid: null,
  answers: null,
  past: '',
} satisfies Partial<LastReload>;

/** The reload that runs. */
interface Running {
  watch: ReloadWatch;
  plan: Plan;
  /** What the server's log has said since it began. */
  log: LogEvent[];
  /** Why what was to set it off failed; null where it did not. */
  failure: string | null;
  /** The signal that set it off though the server does not catch it; else null. */
  uncaught: string | null;
}

/** The reloads of a session: one at a time, watched in the memory maps from signal to end. */
export class Reloads {
  readonly #options: Options;
  readonly #events = new Emitter<{ change: [reload: LastReload] }>();
  #count = 0;
  #running: Running | null = null;
  #answered: number | null = null;
  /** Whether the reloads of this session were answered by the ready line. */
  #answers: boolean | null = null;
  /** A reload is over, and its answer may still come. */
  #awaitsWord = false;
  /** A signal from here that was given up, and whether it still waited for the process then. */
  #unanswered: { pid: number; number: number; isPending: boolean } | null = null;
  readonly #logState = new ReloadLogState();
  #done: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  /** `change`: the reload as it stands, while it runs and when it is over. */
  readonly on = this.#events.on;

  get running(): boolean {
    return this.#running !== null;
  }

  /** Resolves when no reload runs; at once where none does. */
  get done(): Promise<void> {
    return this.#done;
  }

  /** When the server first said, in the latest reload, that it serves again: ms after that began. Null: it did not. */
  get answered(): number | null {
    return this.#answered;
  }

  /** Modules that the running reload is about to take out, and those that are on their way back in. */
  get moving(): { unloading: ReadonlySet<string>; loading: ReadonlySet<string> } {
    if (this.#running === null) return { unloading: new Set(), loading: new Set() };
    const { watch, plan } = this.#running;
    return {
      unloading: new Set(plan.unload.filter((name) => !watch.gone.has(name))),
      loading: new Set([...watch.gone].filter((name) => !watch.arrived.has(name))),
    };
  }

  /** The server has written its ready line. */
  noteReady(): void {
    this.#running?.watch.noteReady(this.#logState.isHeard);
    if (this.#running === null && this.#awaitsWord) this.#answers = true;
  }

  /** What the server's log says; it explains what the maps show, and stands in for them where they can't be read. */
  noteLog(events: readonly LogEvent[]): void {
    for (const event of events) {
      this.#options.inventory.noteLog(event);
      this.#logState.note(event);
      if (this.#running === null) continue;
      const { watch, log } = this.#running;
      log.push(event);
      if (this.#logState.underWay) watch.noteUnderWay();
      else if (this.#logState.refused) watch.noteRefused();
      if (watch.evidence === 'log') watch.look();
    }
  }

  /** What was to set the reload off has failed, as a sentence says. */
  noteFailed(why: string): void {
    if (this.#running === null) return;
    this.#running.failure = why;
    this.#running.watch.noteRefused();
  }

  /** It is set off by a signal that the server does not catch. */
  noteUncaught(signal: string): void {
    if (this.#running !== null) this.#running.uncaught = signal;
  }

  /** The server ended. */
  stop(): void {
    this.#logState.end();
    this.#awaitsWord = false;
    this.#running?.watch.stop();
  }

  /**
   * Watches a reload from now on, to its end. Null where there is nothing to watch.
   * @param begin sets it off, once the watch stands; or, for one that began elsewhere, what was mapped before it.
   */
  async watch(
    cause: LastReload['cause'],
    plan: Plan,
    begin: (() => void) | Mapped,
  ): Promise<LastReload | null> {
    const { inventory, server } = this.#options;
    const { pid, saysReady } = server();
    const seenLate = typeof begin !== 'function';
    const before = seenLate ? begin : inventory.mapped;
    if (this.#running !== null || pid === null || before === null) return null;
    const started = this.#begin(cause, plan, pid);
    const saidBefore = [...server().tail];
    const watch = this.#newWatch(started, before, seenLate, saysReady);
    const running: Running = { watch, plan, log: [], failure: null, uncaught: null };
    this.#running = running;
    this.#answered = null;
    this.#logState.begin();
    if (this.#logState.underWay) watch.noteUnderWay();
    this.#events.emit('change', { ...started, evidence: inventory.blind === null ? 'maps' : 'log' });
    if (!seenLate) begin();
    const ran = watch.run();
    this.#done = ran.then(() => undefined);
    const observed = await ran;
    const end = observed.end === 'gone' ? await server().lastEnd : null;
    this.#running = null;
    this.#noteAnswer(watch, observed, saysReady);
    const finished = this.#finish(started, running, observed, end, saidBefore);
    noteStuck(inventory, finished, observed);
    if (!seenLate) {
      noteLoadTimes(inventory, finished, observed, summarizeEvents(running.log));
      this.#noteUnanswered(pid, finished, observed);
    }
    this.#events.emit('change', finished);
    return finished;
  }

  #begin(cause: LastReload['cause'], plan: Plan, pid: number): LastReload {
    this.#count += 1;
    const late = cause === 'outside' && this.#unanswered?.pid === pid ? this.#unanswered : null;
    this.#unanswered = null;
    return {
      ...NOTHING_YET,
      ...{ number: this.#count, cause: late === null ? cause : 'late', startedAt: Date.now(), plan, pid },
      answers: late?.isPending === true ? late.number : null,
    };
  }

  #newWatch(started: LastReload, before: Mapped, seenLate: boolean, saysReady: boolean): ReloadWatch {
    const { inventory, timeout } = this.#options;
    const watch = new ReloadWatch({
      plan: started.plan,
      order: inventory.graph.order,
      before,
      libraries: seenLate ? [] : inventory.libraries,
      // What a server reloaded by itself may have been built while nobody looked.
      artifacts: seenLate ? new Map() : inventory.artifacts,
      artifactsNow: () => inventory.artifacts,
      same: inventory.same,
      sameFile: inventory.sameFile,
      renewed: inventory.renewed,
      sample: () => inventory.glance(),
      logSpeaks: () => inventory.logSpeaks,
      // Of one that began elsewhere, the ready line may have come and gone.
      word: saysReady && !seenLate ? this.#word() : 'silent',
      timeout: timeout(),
    });
    watch.on('step', () => {
      const { evidence, steps } = watch;
      this.#events.emit('change', { ...started, evidence, steps: [...steps] });
    });
    return watch;
  }

  #word(): ReadyWord {
    const answers = this.#answers ?? this.#options.answersReloads();
    if (answers === null) return 'unknown';
    return answers ? 'answers' : 'once';
  }

  #noteAnswer(watch: ReloadWatch, { end }: Observed, saysReady: boolean): void {
    this.#answered = watch.answered;
    if (this.#answered !== null && watch.steps.length > 0) this.#answers = true;
    else if (end === 'complete' && saysReady) this.#answers = false;
    this.#awaitsWord = end !== 'gone';
  }

  #finish(
    started: LastReload,
    { watch, log, failure, uncaught }: Running,
    observed: Observed,
    end: ServerEnd | null,
    saidBefore: readonly string[],
  ): LastReload {
    const { inventory, server, label, holder, timeout, by, newness } = this.#options;
    return finishedReload({
      ...{ started, watch, observed, end, saidBefore, failure, uncaught, label, holder },
      tail: end?.tail ?? server().tail,
      log: summarizeEvents(log),
      logSpeaks: inventory.logSpeaks,
      stuckBefore: [...inventory.stuck.keys()],
      halted: end === null ? this.#haltedProcess(started.pid) : null,
      by: by().by,
      newness: newness(),
      timeout: timeout(),
    });
  }

  /** A signal to which nothing happened may yet be answered: that is then no reload from elsewhere. */
  #noteUnanswered(pid: number, { number, steps }: LastReload, { end, served }: Observed): void {
    if (steps.length > 0 || served || end === 'gone' || end === 'refused') return;
    const serving = this.#options.inventory.processes.server ?? pid;
    const by = this.#options.by();
    const waits = by.by === 'signal' && isPending(serving, by.signal);
    if (waits || end === 'timed out') this.#unanswered = { pid, number, isPending: waits };
  }

  /** The process that serves, if it stands still. */
  #haltedProcess(pid: number | null): Outcome['halted'] {
    const serving = this.#options.inventory.processes.server ?? pid;
    const state = serving === null ? null : readHalted(serving);
    return state === null || serving === null ? null : { state, pid: serving };
  }
}
