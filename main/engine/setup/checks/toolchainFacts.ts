import type { Toolchains } from '../../rust/toolchains.ts';

export interface ToolchainCheckFacts {
  toolchains: Toolchains;
  /** What the setup's flags need. */
  needed: 'nightly' | null;
  /** `rust-version` of the workspace; null where it names none. */
  rustVersion: string | null;
  /** RUSTC_BOOTSTRAP is set: stable takes nightly's flags then. */
  bootstrap: boolean;
}

/** rustup, and what it has. */
export type Rustup = Extract<Toolchains, { kind: 'rustup' }>;

/** What to say besides, to somebody who has to install Rust first. */
export const thenNightly = (needed: ToolchainCheckFacts['needed']): string =>
  needed === null ? '' : ' Then run `rustup toolchain install nightly`.';
