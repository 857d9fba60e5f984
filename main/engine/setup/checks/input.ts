import type { Failure } from '../../../../preload/contract.ts';
import type { Environment } from '../../environment.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { CargoSettings } from '../machine/cargoConfig.ts';
import type { Manifest } from '../machine/manifests.ts';
import type { Toolchains } from '../toolchains.ts';
import type { SetupChoices, SetupPlan, SourceFile } from '../types.ts';

/** What the checks are given. */
export interface CheckInput {
  /** The workspace's folder, absolute. */
  root: string;
  /** The user's environment, before anything that was chosen. */
  env: Environment;
  plan: SetupPlan;
  files: readonly SourceFile[];
  choices: SetupChoices;
  /** Null where the workspace could not be opened. */
  workspace: Workspace | null;
  /** Why it could not. */
  failure: Failure | null;
}

/** The same, and what several checks look at. */
export interface Scene extends CheckInput {
  toolchains: Toolchains;
  manifests: readonly Manifest[];
  cargo: CargoSettings;
  /** Cargo configuration that can't be read: a sentence each. */
  brokenConfig: readonly string[];
  /** What `cargo build` is given, as far as it is known. */
  buildArguments: readonly string[];
  /** Where cargo puts what it links, absolute. */
  outputDirectory: string;
}
