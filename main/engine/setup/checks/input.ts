import type { Failure } from '#shared/contract.ts';
import type { CargoSettings } from '../../rust/cargoSettings.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Seen } from '../look.ts';
import type { Manifest } from '../machine/manifests.ts';

/** What the checks look at. */
export interface Scene extends Omit<Seen, 'opened'> {
  /** Null where the workspace could not be opened. */
  workspace: Workspace | null;
  /** Why it could not. */
  failure: Failure | null;
  manifests: readonly Manifest[];
  cargo: CargoSettings;
  /** Cargo configuration that can't be read: a sentence each. */
  brokenConfig: readonly string[];
  /** What `cargo build` is given, as far as it is known. */
  buildArguments: readonly string[];
  /** Where cargo puts what it links, absolute. */
  outputDirectory: string;
}
