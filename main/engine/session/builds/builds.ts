import type { BuildState } from '#shared/contract.ts';
import type { BuildEvent } from '../../cargo/buildEvents.ts';
import { Builder } from '../../cargo/builder.ts';
import { BuildProgress } from '../../cargo/buildProgress.ts';
import type { BuildRecord } from '../../cargo/buildRecord.ts';
import { type BuildOutcome, startCargoBuild } from '../../cargo/cargoBuild.ts';
import { Worked } from '../../cargo/worked.ts';
import type { Forecast } from '../../history/forecast.ts';
import type { OutputStream } from '../../logs/outputStream.ts';
import type { Workspace } from '../../workspace/workspace.ts';

interface Options {
  workspace(): Workspace;
  output: Pick<OutputStream, 'push'>;
  gate(): Promise<void>;
  onState(state: BuildState): void;
  onEdited(files: string[]): void;
  /** A build begins that takes in these files. */
  onStart(files: readonly string[]): void;
  onArtifact(packageName: string): void;
  /** What a build put where; see BuildOptions. */
  onRecord(record: BuildRecord, whole: boolean): void;
  /** A build was cancelled; it may have replaced files before. */
  onCancelled(): void;
  /** A build ended that was not cancelled. */
  onEnd(outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>): Promise<void>;
}

/** Events of which the state shows nothing. */
const UNSHOWN: ReadonlySet<BuildEvent['kind']> = new Set(['pass', 'links', 'dirty', 'blocked'] as const);

/** Hears of all that the builds of a session do. */
export interface BuildObserver {
  /** Files were saved that a build may have to take in. */
  edited(files: readonly string[]): void;
  /** A build begins (`at` in ms since the epoch), set off by an edited file or a request, and takes in these files. */
  began(build: { at: number; trigger: string; files: readonly string[] }): void;
  /** What is seen of it. */
  event(event: BuildEvent): void;
  /** It is over; what follows from it waits for this. @returns what is to be said of it in its terminal. */
  ending?(outcome: BuildOutcome): Promise<string>;
  /** It is over, and what follows from it is known. @param at when cargo was done; ms since the epoch. */
  ended(outcome: BuildOutcome, at: number): void;
}

/** The builds of a session: which files wait for one, the one that runs, and what came of the last. */
export class Builds {
  readonly #options: Options;
  readonly #builder: Builder;
  readonly #edited = new Set<string>();
  /** Those of them that were saved since the build began: it may not have seen them. */
  readonly #editedSince = new Set<string>();
  readonly #observers = new Set<BuildObserver>();
  #foretell: (files: readonly string[]) => Promise<Forecast | null> = async () => null;
  #state: BuildState = { name: 'idle' };

  constructor(options: Options) {
    this.#options = options;
    this.#builder = new Builder({ start: (trigger) => this.#start(trigger), gate: options.gate });
  }

  get busy(): boolean {
    return this.#builder.busy;
  }

  /** Files that were saved since the last build that took them in. */
  get edited(): string[] {
    return [...this.#edited].sort();
  }

  /** Tells everything from now on; to the end. */
  observe(observer: BuildObserver): void {
    this.#observers.add(observer);
  }

  /** Who foretells a build that takes in these files; it must not fail. */
  foretellBy(foretell: (files: readonly string[]) => Promise<Forecast | null>): void {
    this.#foretell = foretell;
  }

  noteEdit(files: readonly string[]): void {
    for (const file of files) {
      this.#edited.add(file);
      this.#editedSince.add(file);
    }
    this.#options.onEdited(this.edited);
    this.#tell((observer) => observer.edited(files));
  }

  /** Joins a build that runs, or starts one. */
  build(trigger: string): Promise<BuildOutcome> {
    return this.#builder.build(trigger);
  }

  /** Starts anew if one runs: the latest edit wins. */
  rebuild(trigger: string): Promise<BuildOutcome> {
    return this.#builder.rebuild(trigger);
  }

  cancel(): void {
    this.#builder.cancel();
  }

  async close(): Promise<void> {
    await this.#builder.close();
  }

  #start(trigger: string): ReturnType<typeof startCargoBuild> {
    const { output, onArtifact } = this.#options;
    const workspace = this.#options.workspace();
    const takenIn = this.edited;
    this.#editedSince.clear();
    const before = this.#state.name === 'building' ? ({ name: 'idle' } as const) : this.#state;
    const since = Date.now();
    const worked = new Worked();
    const progress = new BuildProgress();
    let usual: Forecast['usual'] = null;
    let isOver = false;
    const show = (): void => {
      const { done, of, crates } = progress;
      this.#set({ name: 'building', since, done, of, crates, usual, trigger, ...worked.state });
    };
    show();
    this.#options.onStart(takenIn);
    this.#tell((observer) => observer.began({ at: since, trigger, files: takenIn }));
    const build = startCargoBuild({
      sources: {
        root: workspace.root,
        names: workspace.packageNames,
        members: workspace.packages.folders,
        target: workspace.targetDirectory,
      },
      arguments: workspace.buildArguments,
      env: workspace.buildEnvironment,
      placesKey: workspace.places.key,
      onRecord: this.#options.onRecord,
      onOutput: (text) => output.push(text),
      onArtifact: (name, fresh) => {
        if (!fresh) onArtifact(name);
      },
      onEvent: (event) => {
        this.#tell((observer) => observer.event(event));
        progress.note(event);
        worked.note(event);
        if (!UNSHOWN.has(event.kind)) show();
      },
    });
    void this.#foretell(takenIn).then((forecast) => {
      if (forecast === null || isOver) return;
      usual = forecast.usual;
      if (forecast.crates !== null) progress.expect(forecast.crates);
      show();
    });
    const settled = build.done.then(async (outcome) => {
      isOver = true;
      await this.#settle(outcome, takenIn, before, {
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
    const said = await Promise.all([...this.#observers].map((observer) => observer.ending?.(outcome) ?? ''));
    for (const text of said) if (text !== '') this.#options.output.push(text);
    if (outcome.kind === 'cancelled') {
      this.#options.output.push('\x1b[33mCancelled.\x1b[0m\n');
      this.#options.onCancelled();
      this.#set(before);
      this.#tell((observer) => observer.ended(outcome, at));
      return;
    }
    if (outcome.kind === 'ok') {
      for (const file of takenIn) if (!this.#editedSince.has(file)) this.#edited.delete(file);
      this.#options.onEdited(this.edited);
    }
    // What came of it first, then the word: who waits for the word finds everything else in place.
    await this.#options.onEnd(outcome);
    if (outcome.kind === 'ok') this.#set({ name: 'ok', took, at, rebuilt: outcome.rebuilt });
    else {
      const { counts, message } = outcome;
      const said = counts.errors > 0 ? {} : { message };
      this.#set({ name: 'failed', took, at, errors: counts.errors, ...said });
    }
    this.#tell((observer) => observer.ended(outcome, at));
  }

  #tell(what: (observer: BuildObserver) => void): void {
    for (const observer of this.#observers) what(observer);
  }

  #set(state: BuildState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
