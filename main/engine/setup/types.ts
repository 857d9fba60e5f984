import type { Refusal, WayId } from '#shared/contract.ts';

/** A file as a setup finds it, byte for byte; of a `.rs` only that it is there. */
export interface SourceFile {
  /** Relative to the workspace, with slashes. */
  file: string;
  bytes: Buffer;
  /** Where it is a link: the file of the workspace that it leads to, which is the one to edit. */
  target?: string;
}

/** One file as a setup finds and leaves it. */
export interface FileEdit {
  /** Relative to the workspace, with slashes. */
  file: string;
  /** Null where there is no such file yet. */
  before: Buffer | null;
  after: Buffer;
  /** What is done in it, a few words each. */
  steps: string[];
  /** Lines that change. */
  lines: number;
}

/** One of the things that a setup consists of, and how far it is done. */
export interface SetupStep {
  id: string;
  /** A few words. */
  title: string;
  file: string;
  state: 'done' | 'missing' | 'partly' | 'refused';
}

/** One way to set a workspace up. */
export interface SetupWay {
  id: WayId;
  /** What cargo gets on its command line. */
  arguments: string[];
  edits: FileEdit[];
  refusals: Refusal[];
}

/** What a workspace needs, and the ways to get there; the better one first. */
export interface SetupPlan {
  /** The family's, that of any other workspace, or none: its modules can be swapped as it is. */
  kind: 'family' | 'generic' | 'none';
  steps: SetupStep[];
  ways: SetupWay[];
  /** The toolchain that the flags need; null where any will do. */
  toolchain: 'nightly' | null;
  /** Package names of the modules-to-be, bottom-up as far as that is known. */
  modules: string[];
}
