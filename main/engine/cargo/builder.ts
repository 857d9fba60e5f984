import type { BuildOutcome, RunningBuild } from './cargoBuild.ts';

interface BuilderOptions {
  start(trigger: string): RunningBuild;
  /** Waits until the server is not in the middle of a reload: new files under its hands would tear it. */
  gate(): Promise<void>;
}

/** One build at a time; an edit during a build starts it again, so that the latest edit wins. */
export class Builder {
  readonly #options: BuilderOptions;
  #running: RunningBuild | null = null;
  #again: string | null = null;
  #loop: Promise<BuildOutcome> | null = null;

  constructor(options: BuilderOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#loop !== null;
  }

  /** Joins the build that runs, or starts one. */
  build(trigger: string): Promise<BuildOutcome> {
    this.#loop ??= this.#run(trigger).finally(() => {
      this.#loop = null;
    });
    return this.#loop;
  }

  /** Sources changed: whatever runs is out of date. */
  rebuild(trigger: string): Promise<BuildOutcome> {
    if (this.#loop !== null) {
      this.#again = trigger;
      this.#running?.cancel();
    }
    return this.build(trigger);
  }

  cancel(): void {
    this.#again = null;
    this.#running?.cancel();
  }

  /** Cancels, and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.cancel();
    await this.#loop;
  }

  async #run(first: string): Promise<BuildOutcome> {
    for (let trigger = first; ; ) {
      await this.#options.gate();
      this.#again = null;
      this.#running = this.#options.start(trigger);
      const outcome = await this.#running.done;
      this.#running = null;
      const again: string | null = this.#again;
      if (again === null) return outcome;
      trigger = again;
    }
  }
}
