import type { BuildState, BuildTrigger } from '#shared/contract.ts';
import type { BuildEvent } from '../../building/buildEvents.ts';
import { Builder } from '../../building/builder.ts';
import type { BuildOutcome, RunningBuild } from '../../building/buildOutcome.ts';
import { BuildProgress } from '../../building/buildProgress.ts';
import type { BuildRecord } from '../../building/buildRecord.ts';
import { Worked } from '../../building/worked.ts';
import type { Forecast } from '../../history/forecast.ts';
import type { OutputStream } from '../../logs/outputStream.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Emitter } from '../emitter.ts';
import type { EditLedger } from '../modules/editLedger.ts';
import type { BuildRequest } from './buildTrigger.ts';

interface Options {
  workspace(): Workspace;
  edits: Pick<EditLedger, 'beginBuild' | 'finishBuild'>;
  output: Pick<OutputStream, 'push'>;
  /** Resolves when a build may begin. */
  gate(): Promise<void>;
  /** What the history says of a build that takes in these files; must not fail. */
  forecast(files: readonly string[]): Promise<Forecast | null>;
  /** A build is over, and what follows from it waits for this. @returns what is to be said of it in its terminal. */
  explain(outcome: BuildOutcome): Promise<string>;
  /** A build failed: the sentence with which it is given up and begun again otherwise; null where that is no help. */
  retry(outcome: Extract<BuildOutcome, { kind: 'failed' }>): Promise<string | null>;
  /** A build ended that was not cancelled: takes in what it left, before that is told. */
  takeIn(outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>): Promise<void>;
}

/** A build that has begun. */
interface BegunBuild {
  /** ms since the epoch. */
  at: number;
  trigger: BuildTrigger;
}

/** What happens in the builds of a session. */
interface BuildNews {
  state: [state: BuildState];
  began: [build: BegunBuild];
  /** What is seen of the build that runs. */
  event: [event: BuildEvent];
  /** A library of this package was written. */
  artifact: [packageName: string];
  /** What the build put where; see BuildOptions. */
  record: [record: BuildRecord, whole: boolean];
  /** It was cancelled; it may have replaced files before. */
  cancelled: [];
  /** It is over, and what follows from it is known. `at`: when cargo was done, ms since the epoch. */
  ended: [outcome: BuildOutcome, at: number];
}

/** Events of which the state shows nothing. */
const UNSHOWN: ReadonlySet<BuildEvent['kind']> = new Set(['pass', 'links', 'dirty', 'blocked'] as const);

/** The builds of a session: the one that runs, and what came of the last. */
export class Builds {
  readonly #options: Options;
  readonly #builder: Builder<BuildRequest>;
  readonly #events = new Emitter<BuildNews>();
  #state: BuildState = { name: 'idle' };

  constructor(options: Options) {
    this.#options = options;
    this.#builder = new Builder({ start: (request) => this.#start(request), gate: options.gate });
  }

  readonly on = this.#events.on;

  get busy(): boolean {
    return this.#builder.busy;
  }

  /** Joins a build that runs, or starts one. */
  build(request: BuildRequest): Promise<BuildOutcome> {
    return this.#builder.build(request);
  }

  /** Starts again if one runs: the latest edit wins. */
  rebuild(request: BuildRequest): Promise<BuildOutcome> {
    return this.#builder.rebuild(request);
  }

  cancel(): void {
    this.#builder.cancel();
  }

  async close(): Promise<void> {
    await this.#builder.close();
  }

  #start(request: BuildRequest): RunningBuild {
    const { output, edits } = this.#options;
    const workspace = this.#options.workspace();
    const trigger: BuildTrigger = { ...request, files: edits.beginBuild() };
    const before = this.#state.name === 'building' ? ({ name: 'idle' } as const) : this.#state;
    const since = Date.now();
    const worked = new Worked();
    const progress = new BuildProgress();
    let usual: Forecast['usual'] = null;
    let isOver = false;
    const show = (): void => {
      const { done, of, crates } = progress;
      this.#set({ name: 'building', since, done, of, crates, usual, trigger: trigger.text, ...worked.state });
    };
    show();
    this.#events.emit('began', { at: since, trigger });
    const build = workspace.buildSystem.start({
      onRecord: (record, whole) => this.#events.emit('record', record, whole),
      onOutput: (text) => output.push(text),
      onArtifact: (name, fresh) => {
        if (!fresh) this.#events.emit('artifact', name);
      },
      onEvent: (event) => {
        this.#events.emit('event', event);
        progress.note(event);
        worked.note(event);
        if (!UNSHOWN.has(event.kind)) show();
      },
    });
    void this.#options.forecast(trigger.files).then((forecast) => {
      if (forecast === null || isOver) return;
      usual = forecast.usual;
      if (forecast.crates !== null) progress.expect(forecast.crates);
      show();
    });
    const settled = build.done.then(async (ended) => {
      isOver = true;
      const again = ended.kind === 'failed' ? await this.#options.retry(ended) : null;
      const outcome: BuildOutcome = again === null ? ended : { kind: 'cancelled', again };
      await this.#settle(outcome, trigger.files, before, {
        at: Math.round(since + worked.elapsed),
        took: Math.round(worked.took),
      });
      return outcome;
    });
    return { done: settled, cancel: build.cancel };
  }

  async #settle(
    outcome: BuildOutcome,
    takenIn: readonly string[],
    before: BuildState,
    { at, took }: { at: number; took: number },
  ): Promise<void> {
    const { output, edits, explain, takeIn } = this.#options;
    const said = await explain(outcome);
    if (said !== '') output.push(said);
    if (outcome.kind === 'cancelled') {
      output.push(`\x1b[33m${outcome.again ?? 'Cancelled.'}\x1b[0m\n`);
      this.#events.emit('cancelled');
      this.#set(before);
      this.#events.emit('ended', outcome, at);
      return;
    }
    if (outcome.kind === 'ok') edits.finishBuild(takenIn);
    // What came of it first, then the word: who waits for the word finds everything else in place.
    await takeIn(outcome);
    if (outcome.kind === 'ok') this.#set({ name: 'ok', took, at, rebuilt: outcome.rebuilt });
    else {
      const { counts, message } = outcome;
      this.#set({
        name: 'failed',
        took,
        at,
        errors: counts.errors,
        ...(counts.errors > 0 ? {} : { message }),
      });
    }
    this.#events.emit('ended', outcome, at);
  }

  #set(state: BuildState): void {
    this.#state = state;
    this.#events.emit('state', state);
  }
}
