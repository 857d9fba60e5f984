import type { LastReload, Newness, Plan, ReloadBy, StuckImage } from '#shared/contract.ts';
import type { LogEvent } from '../../families/logEvent.ts';
import { linesSince } from '../../lines.ts';
import { summarizeEvents } from '../../logs/events/summary.ts';
import { coreSince } from '../../process/coreFile.ts';
import { isPending, readHalted } from '../../process/halted.ts';
import type { Mapped } from '../../process/images.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import type { Inventory } from '../modules/inventory.ts';
import { unseenReturns } from './cameBack.ts';
import { deviationsOf } from './deviations.ts';
import type { Outcome } from './outcome.ts';
import type { ReadyWord } from './reloadEnd.ts';
import { ReloadTalk } from './reloadTalk.ts';
import { judge } from './reloadVerdict.ts';
import { type Observed, ReloadWatch } from './reloadWatch.ts';

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
  /** The reload as it stands: while it runs, and when it is over. */
  onChange(reload: LastReload): void;
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

/** The reloads of a session: one at a time, watched in the memory maps from signal to end. */
export class Reloads {
  readonly #options: Options;
  #count = 0;
  #watch: ReloadWatch | null = null;
  #plan: Plan | null = null;
  #events: LogEvent[] = [];
  #answered: number | null = null;
  /** Whether the reloads of this session were answered by the ready line. */
  #answers: boolean | null = null;
  /** A reload is over, and its answer may still come. */
  #awaitsWord = false;
  /** Why what was to set off the running reload failed. */
  #failure: string | null = null;
  /** The signal that set it off though the server does not catch it. */
  #uncaught: string | null = null;
  /** A signal from here that was given up, and whether it still waited for the process then. */
  #unanswered: { pid: number; number: number; isPending: boolean } | null = null;
  readonly #talk = new ReloadTalk();
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

  /** When the server first said, in the latest reload, that it serves again: ms after that began. Null: it did not. */
  get answered(): number | null {
    return this.#answered;
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
    this.#watch?.noteReady(this.#talk.isHeard);
    if (this.#watch === null && this.#awaitsWord) this.#answers = true;
  }

  /** What the server's log says; it explains what the maps show, and stands in for them where they can't be read. */
  noteLog(events: readonly LogEvent[]): void {
    for (const event of events) {
      this.#options.inventory.noteLog(event);
      this.#talk.note(event);
      const watch = this.#watch;
      if (watch === null) continue;
      this.#events.push(event);
      if (this.#talk.underWay) watch.noteUnderWay();
      else if (this.#talk.refused) watch.noteRefused();
      if (watch.evidence === 'log') watch.look();
    }
  }

  /** What was to set the reload off has failed, as a sentence says. */
  noteFailed(why: string): void {
    this.#failure = why;
    this.#watch?.noteRefused();
  }

  /** It is set off by a signal that the server does not catch. */
  noteUncaught(signal: string): void {
    this.#uncaught = signal;
  }

  /** The server ended. */
  stop(): void {
    this.#talk.end();
    this.#awaitsWord = false;
    this.#watch?.stop();
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
    const { inventory, server, onChange } = this.#options;
    const { pid, saysReady } = server();
    const seenLate = typeof begin !== 'function';
    const before = seenLate ? begin : inventory.mapped;
    if (this.#watch !== null || pid === null || before === null) return null;
    this.#count += 1;
    const late = cause === 'outside' && this.#unanswered?.pid === pid ? this.#unanswered : null;
    this.#unanswered = null;
    const started: LastReload = {
      ...NOTHING_YET,
      ...{ number: this.#count, cause: late === null ? cause : 'late', startedAt: Date.now(), plan, pid },
      answers: late?.isPending === true ? late.number : null,
    };
    const saidBefore = [...server().tail];
    const watch = new ReloadWatch({
      plan,
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
      timeout: this.#options.timeout(),
      onChange: () => onChange({ ...started, evidence: watch.evidence, steps: [...watch.steps] }),
    });
    this.#watch = watch;
    this.#plan = plan;
    this.#events = [];
    this.#answered = null;
    this.#failure = null;
    this.#uncaught = null;
    this.#talk.begin();
    if (this.#talk.underWay) watch.noteUnderWay();
    onChange({ ...started, evidence: inventory.blind === null ? 'maps' : 'log' });
    if (!seenLate) begin();
    const ran = watch.run();
    this.#done = ran.then(() => undefined);
    const observed = await ran;
    const end = observed.end === 'gone' ? await server().lastEnd : null;
    this.#watch = null;
    this.#plan = null;
    this.#answered = watch.answered;
    if (this.#answered !== null && watch.steps.length > 0) this.#answers = true;
    else if (observed.end === 'complete' && saysReady) this.#answers = false;
    this.#awaitsWord = observed.end !== 'gone';
    const finished = this.#finish(started, watch, observed, end, saidBefore);
    this.#remember(finished, observed);
    if (!seenLate) this.#noteLoaded(finished, observed);
    if (!seenLate) this.#noteUnanswered(pid, finished, observed);
    onChange(finished);
    return finished;
  }

  #word(): ReadyWord {
    const answers = this.#answers ?? this.#options.answersReloads();
    if (answers === null) return 'unknown';
    return answers ? 'answers' : 'once';
  }

  #finish(
    started: LastReload,
    { evidence, steps, elapsed, worked }: ReloadWatch,
    observed: Observed,
    end: ServerEnd | null,
    saidBefore: readonly string[],
  ): LastReload {
    const { inventory, server, label, holder, timeout } = this.#options;
    const { plan, startedAt } = started;
    const { swapped, stayed } = observed;
    const tail = end?.tail ?? server().tail;
    const outcome: Outcome = {
      plan,
      cause: started.cause,
      by: this.#options.by().by,
      newness: this.#options.newness(),
      halted: end === null ? this.#haltedProcess(started.pid) : null,
      isPast: false,
      evidence,
      observed,
      steps,
      log: summarizeEvents(this.#events),
      failure: this.#failure,
      uncaught: this.#uncaught,
      logSpeaks: inventory.logSpeaks,
      stuckBefore: [...inventory.stuck.keys()],
      end,
      tail,
      said: linesSince(saidBefore, tail),
      timeout: timeout(),
      label,
      holder,
    };
    const verdict = judge(outcome);
    return {
      ...started,
      ...verdict,
      past: judge({ ...outcome, isPast: true }).message,
      evidence,
      took: Math.round(durationOf({ elapsed, worked, observed, startedAt, end })),
      steps,
      swapped,
      stayed,
      unchanged: observed.returned,
      along: observed.along,
      stuck: verdict.verdict === 'stuck' ? stuckImages(observed, holder) : [],
      deviations: observed.end === 'gone' ? [] : deviationsOf({ plan, steps, stayed, label }),
      coreFile: end === null ? null : coreSince(end.core, startedAt),
    };
  }

  /** When the server loaded what: it compares with that the next time. */
  #noteLoaded({ plan, startedAt, steps }: LastReload, observed: Observed): void {
    const { inventory } = this.#options;
    if (observed.end === 'gone') return;
    for (const { module, step, at } of steps) {
      if (step !== 'load') continue;
      const left = steps.find((each) => each.module === module && each.step === 'unload')?.at ?? 0;
      inventory.loads.noteLoaded(module, startedAt + left, startedAt + at);
    }
    const logged = summarizeEvents(this.#events).loaded;
    for (const name of unseenReturns({ plan, observed })) {
      if (logged.includes(name.replaceAll('-', '_'))) inventory.loads.noteLoaded(name, startedAt, Date.now());
      else inventory.loads.noteMaybeLoaded(name, Date.now());
    }
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

  /** What the states of the modules follow from until the next reload. */
  #remember({ verdict, swapped, stayed, plan }: LastReload, { held, server }: Observed): void {
    const { inventory } = this.#options;
    for (const name of swapped) inventory.stuck.delete(name);
    if (verdict === 'unproven' && !inventory.logSpeaks) inventory.assumeReloaded(plan.load);
    if (verdict !== 'stuck') return;
    for (const name of stayed) {
      const pids = held.filter(({ module }) => module === name).map(({ image }) => image.pid);
      inventory.stuck.set(name, pids.includes(server ?? -1) ? null : (pids[0] ?? null));
    }
  }
}

/** ms that it took: to the last thing that was seen of it. What was waited for after that is not of it. */
function durationOf({
  elapsed,
  worked,
  observed,
  startedAt,
  end,
}: Pick<ReloadWatch, 'elapsed' | 'worked'> & {
  observed: Observed;
  startedAt: number;
  end: ServerEnd | null;
}): number {
  if (end !== null) return Math.min(elapsed, Math.max(0, end.at - startedAt));
  return observed.end === 'timed out' || observed.end === 'gone' ? elapsed : (worked ?? 0);
}

/** Where the old images of modules that stayed are mapped, as far as that was seen. */
function stuckImages({ held, server }: Observed, holder: (name: string) => string | null): StuckImage[] {
  return held.flatMap(({ module, image: { pid, address, inode } }) => {
    if (address === null) return [];
    // What the files tell is about the server that opened it; a child merely inherited it.
    return [{ module, pid, address, inode, holder: pid === server ? holder(module) : null }];
  });
}
