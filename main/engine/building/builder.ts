import type { BuildOutcome, RunningBuild } from './buildOutcome.ts';

interface BuilderOptions<Trigger> {
  /** Starts a build. @param trigger what set it off. */
  start(trigger: Trigger): RunningBuild;
  /** Waits until the server is not in the middle of a reload: new files under its hands would tear it. */
  gate(): Promise<void>;
}

/** One build at a time; an edit during a build starts it again, so that the latest edit wins. */
export class Builder<Trigger> {
  readonly #options: BuilderOptions<Trigger>;
  #running: RunningBuild | null = null;
  #again: { trigger: Trigger } | null = null;
  #isCancelled = false;
  #loop: Promise<BuildOutcome> | null = null;

  constructor(options: BuilderOptions<Trigger>) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#loop !== null;
  }

  /** Joins the build that runs, or starts one. */
  build(trigger: Trigger): Promise<BuildOutcome> {
    this.#loop ??= this.#run(trigger).finally(() => {
      this.#loop = null;
    });
    return this.#loop;
  }

  /** Sources changed: whatever runs is out of date. */
  rebuild(trigger: Trigger): Promise<BuildOutcome> {
    if (this.#loop !== null) {
      this.#again = { trigger };
      this.#running?.cancel();
    }
    return this.build(trigger);
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#again = null;
    this.#running?.cancel();
  }

  /** Cancels, and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.cancel();
    await this.#loop;
  }

  async #run(first: Trigger): Promise<BuildOutcome> {
    for (let next = { trigger: first }; ; ) {
      await this.#options.gate();
      this.#again = null;
      this.#isCancelled = false;
      this.#running = this.#options.start(next.trigger);
      const outcome = await this.#running.done;
      this.#running = null;
      const asked = this.#askedMeanwhile();
      if (asked !== null) next = asked;
      else if (outcome.kind !== 'cancelled' || outcome.again === undefined || this.#isCancelled)
        return outcome;
    }
  }

  /** The build that was asked for while one ran; null where none was. */
  #askedMeanwhile(): { trigger: Trigger } | null {
    return this.#again;
  }
}
