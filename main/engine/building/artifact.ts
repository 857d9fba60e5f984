import { z } from 'zod';

export const ArtifactSchema = z.object({
  /** Cargo package id. */
  id: z.string(),
  package: z.string(),
  target: z.string(),
  kind: z.array(z.string()),
  /** Absolute. */
  files: z.array(z.string()),
  executable: z.string().nullable(),
  features: z.array(z.string()),
});
/** What one target of a package was built to. */
export type Artifact = z.infer<typeof ArtifactSchema>;

export const ScriptSchema = z.object({
  id: z.string(),
  package: z.string(),
  outDirectory: z.string(),
  /** As the build script gave them: a path, or a kind and a path, `native=/…`. */
  linkedPaths: z.array(z.string()),
  /** What it gives rustc, and `cargo run` the program: names and values. */
  env: z.array(z.tuple([z.string(), z.string()])),
});
/** What a build script of a package said. */
export type ScriptOutput = z.infer<typeof ScriptSchema>;
