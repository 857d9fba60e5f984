import { realpathSync } from 'node:fs';
import type { Check, KindChoice, Resolution, SetupReport, WayId, WayProof } from '#shared/contract.ts';
import { type Environment, userEnvironment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { installedLinkers } from '../rust/linkers.ts';
import { readToolchains } from '../rust/toolchains.ts';
import type { SetupChoices } from '../workspace/choices.ts';
import { Choices, setupFolder } from '../workspace/choices.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { SetupChanges } from './changes/setupChanges.ts';
import { runChecks } from './checks/runChecks.ts';
import { look, type Seen } from './look.ts';
import { toolchainNeed } from './nightly.ts';
import { planIdOf } from './planId.ts';
import { proveWays } from './proofs.ts';
import { makeReport } from './report.ts';
import type { SetupPlan, SetupWay } from './types.ts';

export interface SetupOptions {
  /** The workspace; it may be one that can't be opened. */
  root: string;
  /** The folder for what outlasts the program; null: nothing is remembered, and nothing can be applied. */
  data: string | null;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  /** The choices, where somebody has read them already. */
  choices?: Choices;
  /** The workspace as it is open; null, or none given, where it has to be read. */
  workspace?: () => Promise<Workspace | null>;
  /** The modules that a server has had open since the workspace was opened; none given: none. */
  opened?: () => ReadonlySet<string>;
}

const NOTHING_KEPT = failed(
  'no-data-folder',
  'Nothing can be applied: there is no folder to keep the original files in.',
);
const NO_NIGHTLY = failed(
  'no-nightly',
  'The flags of this setup need a nightly toolchain, and none is installed.',
  'Install one: rustup toolchain install nightly',
);
const CHANGED = failed(
  'plan-changed',
  'The workspace has changed since this plan was shown, so nothing was done.',
  'Look at the plan as it is now, and apply that.',
);

/** The setup of one workspace: what is there, what there is to do, doing it, and taking it back. */
export class Setup {
  readonly root: string;
  readonly #options: SetupOptions;
  readonly #env: Environment;
  readonly #changes: SetupChanges | null;
  #choices: Promise<Choices> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** What the latest report reports. */
  #seen: Seen | null = null;

  constructor(options: SetupOptions) {
    this.#options = options;
    this.#env = userEnvironment(options.env);
    this.root = realRoot(options.root);
    const { data } = options;
    this.#changes =
      data === null ? null : new SetupChanges({ root: this.root, folder: setupFolder(data, this.root) });
  }

  /** What is remembered for this workspace. */
  choices(): Promise<Choices> {
    const { data, choices } = this.#options;
    this.#choices ??=
      choices === undefined
        ? Choices.load(data === null ? null : setupFolder(data, this.root))
        : Promise.resolve(choices);
    return this.#choices;
  }

  /** Finishes an apply or a revert that was cut off, and drops what was chosen for a setup that is no more. */
  finish(): Promise<Result<null>> {
    return this.#inTurn(() => this.#finish());
  }

  /** The checks alone. Runs no cargo where the workspace is open. */
  checks(): Promise<Check[]> {
    return this.#inTurn(async () => runChecks(await this.#look()));
  }

  /**
   * All that there is to know, but for the proofs. Changes nothing, but finishes what an end in the middle has left
   * undone.
   */
  report(): Promise<Result<SetupReport>> {
    return this.#inTurn(async () => {
      const finished = await this.#finish();
      if (!finished.ok) return finished;
      const applied = this.#changes === null ? success(null) : await this.#changes.applied();
      if (!applied.ok) return applied;
      this.#seen = await this.#look();
      return success(await makeReport(this.#seen, applied.value));
    });
  }

  /** What cargo says of the ways of the latest report. Nothing else has to wait for it. */
  async proofs(): Promise<WayProof[]> {
    await this.#turn;
    return this.#seen === null ? [] : proveWays(this.#seen);
  }

  /** The report, and in it what cargo says of each way. */
  async provenReport(): Promise<Result<SetupReport>> {
    const report = await this.report();
    if (!report.ok) return report;
    const proofs = new Map((await this.proofs()).map(({ plan, proof }) => [plan, proof]));
    const ways = report.value.ways.map((way) => ({ ...way, proof: proofs.get(way.plan) ?? null }));
    return success({ ...report.value, ways });
  }

  /**
   * Carries out the plan of this name. Errors: `plan-changed` where the workspace is another one than was shown;
   * `refused` where a file of the plan can't be edited; `no-nightly`; those of SetupChanges.
   */
  apply(id: WayId, planId: string): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const changes = this.#changes;
      if (changes === null) return NOTHING_KEPT;
      const finished = await this.#finish();
      if (!finished.ok) return finished;
      const { plan, way } = await this.#plan(id);
      if (way === undefined || planIdOf(way) !== planId) return CHANGED;
      const [refusal] = way.refusals;
      if (refusal !== undefined)
        return refused(refusal.file, refusal.failure.message, refusal.failure.remedy);
      const choices = await this.choices();
      const before = choices.current;
      const chosen = await this.#chosenFor(plan, way, before);
      if (!chosen.ok) return chosen;
      // The choices first: flags that no setup stands behind are dropped at the next opening, files are not.
      const remembered = await choices.change(chosen.value);
      const applied = remembered.ok ? await changes.apply(way) : remembered;
      if (!applied.ok) await choices.change(before);
      return applied;
    });
  }

  /** Takes back what was applied. @param resolutions what to do with each file that was edited since. */
  revert(resolutions: Readonly<Record<string, Resolution>>): Promise<Result<null>> {
    return this.#inTurn(async () => {
      if (this.#changes === null) return NOTHING_KEPT;
      const reverted = await this.#changes.revert(resolutions);
      return reverted.ok ? this.#dropChosen() : reverted;
    });
  }

  /** Has cargo run with this toolchain from now on; null: with its own choice. */
  useToolchain(toolchain: string | null): Promise<Result<null>> {
    return this.#inTurn(async () => {
      if (toolchain !== null) {
        const found = await readToolchains(this.root, this.#env);
        const known = found.kind === 'rustup' && found.installed.some(({ name }) => name === toolchain);
        if (!known) return unknown('toolchain', toolchain);
      }
      const choices = await this.choices();
      return choices.change({ toolchain, toolchainFrom: 'user' });
    });
  }

  /** Has this linker link from now on; null: the compiler driver's own choice. */
  useLinker(linker: string | null): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const choices = await this.choices();
      if (linker !== null) {
        const toolchains = await readToolchains(this.root, this.#env, choices.current.toolchain);
        const installed = await installedLinkers(this.#env, toolchains);
        if (!installed.some(({ id }) => id === linker)) return unknown('linker', linker);
      }
      return choices.change({ linker });
    });
  }

  /** Has the workspace be taken for this kind from now on; null: for what the evidence says. */
  useKind(kind: KindChoice | null): Promise<Result<null>> {
    return this.#inTurn(async () => (await this.choices()).change({ kind }));
  }

  async #look(): Promise<Seen> {
    const { env, workspace } = this.#options;
    const { current: choices } = await this.choices();
    const open = (await workspace?.()) ?? null;
    const running = this.#options.opened?.() ?? new Set();
    return look({ root: this.root, env, choices, running, opened: open === null ? null : success(open) });
  }

  async #plan(id: WayId): Promise<{ plan: SetupPlan; way: SetupWay | undefined }> {
    const { plan } = await this.#look();
    return { plan, way: plan.ways.find((each) => each.id === id) };
  }

  async #chosenFor(
    plan: SetupPlan,
    way: SetupWay,
    { toolchain }: SetupChoices,
  ): Promise<Result<Partial<SetupChoices>>> {
    const flags = way.arguments;
    if (plan.toolchain === null) return success({ flags });
    const need = toolchainNeed(plan, await readToolchains(this.root, this.#env, toolchain));
    if (need.kind === 'missing') return NO_NIGHTLY;
    return success(
      need.kind === 'none' ? { flags } : { flags, toolchain: need.toolchain, toolchainFrom: 'set-up' },
    );
  }

  async #finish(): Promise<Result<null>> {
    if (this.#changes === null) return success(null);
    const finished = await this.#changes.finish();
    if (!finished.ok) return finished;
    const { flags, toolchainFrom } = (await this.choices()).current;
    if (flags.length === 0 && toolchainFrom === 'user') return finished;
    const applied = await this.#changes.applied();
    if (!applied.ok) return applied;
    return applied.value === null ? this.#dropChosen() : finished;
  }

  /** What a setup had chosen goes with it. */
  async #dropChosen(): Promise<Result<null>> {
    const choices = await this.choices();
    const { toolchain, toolchainFrom } = choices.current;
    return choices.change({
      flags: [],
      toolchain: toolchainFrom === 'set-up' ? null : toolchain,
      toolchainFrom: 'user',
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

const refused = (file: string, message: string, remedy: string | null): ReturnType<typeof failed> =>
  failed('refused', `Nothing was changed, because of ${file}: ${message}`, remedy);

const unknown = (what: string, name: string): ReturnType<typeof failed> =>
  failed(`unknown-${what}`, `There is no ${what} ${name} here.`, 'Look again: it may have been removed.');

function realRoot(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    // Gone, perhaps: whoever reads it will say so.
    return root;
  }
}
