/** What a workspace needs before its modules can be swapped, and what Hotdeck can do about it. */
import { z } from 'zod';
import { DiffLineSchema } from './diff.ts';
import { name } from './parameters.ts';
import { FailureSchema, KindChoiceSchema, KindFindingSchema } from './state.ts';

/** One thing that was looked at. */
export const CheckSchema = z.object({
  id: z.string(),
  group: z.enum(['platform', 'toolchain', 'workspace', 'linker', 'server']),
  /** What is checked, in a few words. */
  title: z.string(),
  state: z.enum(['ok', 'warning', 'problem', 'unknown']),
  /** What was seen: a sentence. */
  seen: z.string(),
  /** Why it matters: a sentence or two. */
  why: z.string(),
  /** What to do about it; null where all is well. */
  remedy: z.string().nullable(),
  /** What the app itself can do about it. */
  action: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('apply') }),
      z.object({ kind: z.literal('use-toolchain'), toolchain: z.string() }),
      z.object({ kind: z.literal('use-linker'), linker: z.string() }),
    ])
    .nullable(),
});
export type Check = z.infer<typeof CheckSchema>;

/** What would change in a file; each hunk is a stretch of it with a few lines around. */
export const FileDiffSchema = z.object({
  /** Relative to the workspace, with slashes. */
  file: z.string(),
  /** Lines that change. */
  lines: z.number(),
  /** What is done in it, a few words each. */
  steps: z.array(z.string()),
  /** Has it changes that are not committed? Null where git doesn't know it. */
  dirty: z.boolean().nullable(),
  hunks: z.array(z.array(DiffLineSchema)),
});
export type FileDiff = z.infer<typeof FileDiffSchema>;

/** A file that won't be touched, and why. */
export const RefusalSchema = z.object({ file: z.string(), failure: FailureSchema });
export type Refusal = z.infer<typeof RefusalSchema>;

/** `flags`: cargo gets what it can on its command line; `edits`: everything in the files. */
export const WayIdSchema = z.enum(['flags', 'edits']);
export type WayId = z.infer<typeof WayIdSchema>;

const ProofSchema = z.object({ holds: z.boolean(), text: z.string() });

/** One way to set a workspace up. */
export const WaySchema = z.object({
  id: WayIdSchema,
  /** Is there nothing left to do on this way? */
  done: z.boolean(),
  /** What cargo gets on its command line. */
  arguments: z.array(z.string()),
  files: z.array(FileDiffSchema),
  lines: z.number(),
  refusals: z.array(RefusalSchema),
  /** What it may break, a sentence each: said where it is agreed to. */
  risks: z.array(z.string()).default([]),
  /** Names this very plan: what is applied is what was shown. */
  plan: z.string(),
  /** What cargo itself says of it, without building; null where it was not or can't be asked. */
  proof: ProofSchema.nullable(),
});
export type Way = z.infer<typeof WaySchema>;

/** What cargo says of the way that has this plan; null where it can't be asked. */
const WayProofSchema = z.object({ plan: z.string(), proof: ProofSchema.nullable() });
export type WayProof = z.infer<typeof WayProofSchema>;

/** A file that was edited since the setup: what reverting could leave in it. */
export const ConflictSchema = z.object({
  file: z.string(),
  /** The file as it was before the setup, as the setup left it, and as it is. Null: there is none. */
  original: z.string().nullable(),
  applied: z.string().nullable(),
  current: z.string().nullable(),
  /** The file as it is, less what the setup did; null where the two touch the same lines. */
  merged: z.string().nullable(),
});
export type Conflict = z.infer<typeof ConflictSchema>;

/** `merged`: only what the setup did is taken back; `original`: the file as it was before; `current`: it stays as it is. */
export const ResolutionSchema = z.enum(['merged', 'original', 'current']);
export type Resolution = z.infer<typeof ResolutionSchema>;

/** The setup that was applied here. */
export const AppliedSchema = z.object({
  way: WayIdSchema,
  at: z.number(),
  files: z.array(z.string()),
  lines: z.number(),
  /** Files that have to be asked about before it can be taken back. */
  conflicts: z.array(ConflictSchema),
});
export type Applied = z.infer<typeof AppliedSchema>;

const LinkerSchema = z.object({
  id: z.string(),
  /** As its version line says; null where it is not installed. */
  version: z.string().nullable(),
  /** It linked this workspace once. */
  worked: z.boolean(),
});

const SetupReportSchema = z.object({
  root: z.string(),
  /** What the workspace is taken for; null where it can't be opened. */
  kind: KindFindingSchema.nullable(),
  checks: z.array(CheckSchema),
  /** The better one first; empty where nothing can be set up. */
  ways: z.array(WaySchema),
  applied: AppliedSchema.nullable(),
  /** `git status --short` of the workspace's manifests; null outside of git. */
  git: z.array(z.string()).nullable(),
  toolchains: z.array(z.string()),
  /** What cargo is run with here beside its defaults; null is the default. */
  toolchain: z.string().nullable(),
  linkers: z.array(LinkerSchema),
  linker: z.string().nullable(),
});
export type SetupReport = z.infer<typeof SetupReportSchema>;

export const setupQuestionSchemas = {
  /** The checks alone: cheap enough for every opening. */
  setupChecks: z.strictObject({}),
  /** All there is to know but for the proofs, which are null in it. */
  setup: z.strictObject({}),
  /** What cargo says of the ways of the latest report. */
  setupProofs: z.strictObject({}),
} as const;
export const setupAnswerSchemas = {
  setupChecks: z.array(CheckSchema),
  setup: SetupReportSchema,
  setupProofs: z.array(WayProofSchema),
} as const;

/** All of these work on the workspace that is open, or that could not be opened. */
export const setupRequestSchemas = {
  /** Carries out a plan that was shown. */
  applySetup: z.strictObject({ way: WayIdSchema, plan: name }),
  /** Takes the applied setup back. `resolutions`: what to do with each file that was edited since. */
  revertSetup: z.strictObject({ resolutions: z.record(z.string().max(1024), ResolutionSchema) }),
  /** One of the toolchains, or null for cargo's default. */
  useToolchain: z.strictObject({ toolchain: name.nullable() }),
  useLinker: z.strictObject({ linker: name.nullable() }),
  /** What the workspace is to be taken for; null: what the evidence says. */
  useKind: z.strictObject({ kind: KindChoiceSchema.nullable() }),
} as const;
