import { realpathSync } from 'node:fs';
import type { Resolution, SetupReport, WayId } from '../../../preload/contract.ts';
import { failed, type Result } from '../result.ts';
import { Choices, setupFolder } from './choices.ts';

export interface SetupOptions {
  /** The workspace; it may be one that can't be opened. */
  root: string;
  /** The folder for what outlasts the program; null: nothing is remembered, and nothing can be applied. */
  data: string | null;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  /** The choices, where somebody has read them already. */
  choices?: Choices;
}

const NOT_YET = failed('not-yet', 'Setting up is not wired up yet.');

/** The set-up of one workspace: what is there, what there is to do, doing it, and taking it back. */
export class Setup {
  readonly root: string;
  readonly #options: SetupOptions;
  #choices: Promise<Choices> | null = null;

  constructor(options: SetupOptions) {
    this.#options = options;
    this.root = realRoot(options.root);
  }

  choices(): Promise<Choices> {
    const { data, choices } = this.#options;
    this.#choices ??=
      choices === undefined
        ? Choices.load(data === null ? null : setupFolder(data, this.root))
        : Promise.resolve(choices);
    return this.#choices;
  }

  /** Finishes an apply or a revert that was cut off, and drops flags that no set-up stands behind. */
  async finish(): Promise<Result<null>> {
    return NOT_YET;
  }

  /** All that there is to know. Changes nothing, but finishes what an end in the middle has left undone. */
  async report(): Promise<Result<SetupReport>> {
    return NOT_YET;
  }

  /** Carries out the plan of this name. Errors: `plan-changed` where the workspace is another one than was shown. */
  async apply(_way: WayId, _plan: string): Promise<Result<null>> {
    return NOT_YET;
  }

  /** Takes back what was applied. @param _resolutions what to do with each file that was edited since. */
  async revert(_resolutions: Readonly<Record<string, Resolution>>): Promise<Result<null>> {
    return NOT_YET;
  }

  /** Has cargo run with this toolchain from now on; null: with its own choice. */
  async useToolchain(_toolchain: string | null): Promise<Result<null>> {
    return NOT_YET;
  }

  /** Has this linker link from now on; null: the compiler driver's own choice. */
  async useLinker(_linker: string | null): Promise<Result<null>> {
    return NOT_YET;
  }
}

function realRoot(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    // Gone, perhaps: whoever reads it will say so.
    return root;
  }
}
