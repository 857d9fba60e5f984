/** The module graph, and the state of each of its nodes. */
import { z } from 'zod';
import { WhySchema } from './why.ts';

const RoleSchema = z.enum(['executable', 'module', 'pinned', 'external']);
export type Role = z.infer<typeof RoleSchema>;

/** `built` is "the artifact is on disk and no server runs"; the other words are those of the design. */
export const ModuleStateNameSchema = z.enum([
  'unbuilt',
  'built',
  'loaded',
  'stale',
  'building',
  'unloading',
  'loading',
  'stuck',
  'failed',
  'pinned',
]);
export type ModuleStateName = z.infer<typeof ModuleStateNameSchema>;

const GraphNodeSchema = z.object({
  /** The Cargo package name; for an external one the crate or library name. */
  name: z.string(),
  /** The name on screen: the package name without the prefix that all modules share. */
  label: z.string(),
  role: RoleSchema,
  /** Nodes that this one links, directly, by name, sorted. Externals are among them. */
  needs: z.array(z.string()),
  /** 0 for a library that needs no other of the workspace; null for the executable and for externals. */
  wave: z.number().int().nonnegative().nullable(),
  /** It is no longer part of the workspace; the server still has it mapped. */
  isGone: z.boolean().optional(),
});
export type GraphNode = z.infer<typeof GraphNodeSchema>;

/** A crate with state of its own of which several libraries have a copy inside: it exists several times in the process. */
const DoubleSchema = z.object({
  crate: z.string(),
  /** Where the copies are. The version is empty for the standard library. */
  copies: z.array(z.object({ module: z.string(), version: z.string() })),
  /** Where it is known from: the symbols of the built files, or only the manifests. */
  from: z.enum(['artifacts', 'manifests']),
  /** What comes of it: sentences. */
  message: z.string(),
  /** It is so by design, as the standard library inside of each cdylib: nothing to warn of. */
  isHarmless: z.boolean(),
});
export type Double = z.infer<typeof DoubleSchema>;

export const ModuleGraphSchema = z.object({
  nodes: z.array(GraphNodeSchema),
  /** Names of the modules bottom-up: the order in which the server's stack loads them. */
  order: z.array(z.string()),
  /** How the roles were found: in the linked files, or (before the first build) in the manifests. */
  rolesFrom: z.enum(['artifacts', 'manifests', 'settings']),
  /** Without it: not looked for. */
  doubles: z.array(DoubleSchema).optional(),
});
export type ModuleGraph = z.infer<typeof ModuleGraphSchema>;

/** A file as the kernel knows it. */
const FileIdentitySchema = z.object({ device: z.string(), inode: z.string() });
export type FileIdentity = z.infer<typeof FileIdentitySchema>;

/** Which code a file holds, as `build-id:…` or `sha256:…`: equal for equal code. Without it: not known (yet). */
const CodeSchema = z.string().optional();

export const ModuleStatusSchema = z.object({
  state: ModuleStateNameSchema,
  /** Why it is in this state, where there is more to say than the word. */
  reason: z.string().nullable(),
  /** The library or program file, relative to the workspace where it lies inside. */
  file: z.string().nullable(),
  /** The file on disk; null while it does not exist. */
  artifact: FileIdentitySchema.extend({ code: CodeSchema }).nullable(),
  /** What the server has mapped: of several images the one that runs; null while it has none. */
  image: FileIdentitySchema.extend({
    deleted: z.boolean(),
    code: CodeSchema,
    /** When that code was built, ms since the epoch. Without it: it is of no build that is known. */
    builtAt: z.number().optional(),
    /** How it is known to be this module's; `soname` and `name` are guesses. */
    witness: z.enum(['path', 'content', 'memory', 'soname', 'name']).optional(),
    /** Its file was written to while it was mapped. */
    overwritten: z.boolean().optional(),
    /** A file that the server made of the artifact: its path, the number in its name, and how many older ones are mapped. */
    copy: z
      .object({ path: z.string(), number: z.number().nullable(), older: z.number().int().nonnegative() })
      .optional(),
  }).nullable(),
  /** When the artifact was written, ms since the epoch. */
  builtAt: z.number().nullable(),
  /** Why its file is another one than what runs, if it is; otherwise why it was last built. Without it: not known. */
  why: WhySchema.optional(),
});
export type ModuleStatus = z.infer<typeof ModuleStatusSchema>;
