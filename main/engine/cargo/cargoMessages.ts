import { normalize } from 'node:path';
import { z } from 'zod';
import type { Artifact, ScriptOutput } from '../building/artifact.ts';
import type { SourceTree } from '../building/sourceTree.ts';
import { type Diagnosis, readDiagnostic } from './diagnostics/problem.ts';
import { DiagnosticSchema } from './diagnostics/rustc.ts';

const ArtifactSchema = z.object({
  reason: z.literal('compiler-artifact'),
  package_id: z.string(),
  fresh: z.boolean(),
  target: z.object({ name: z.string(), kind: z.array(z.string()) }),
  features: z.array(z.string()).default([]),
  filenames: z.array(z.string()).default([]),
  executable: z.string().nullish(),
});

const ScriptSchema = z.object({
  reason: z.literal('build-script-executed'),
  package_id: z.string(),
  linked_paths: z.array(z.string()).default([]),
  env: z.array(z.tuple([z.string(), z.string()])).default([]),
  out_dir: z.string(),
});

/** What Hotdeck takes from a line of `cargo build --message-format=json`. */
export type CargoMessage =
  | ({ kind: 'problem' } & Diagnosis)
  | { kind: 'artifact'; package: string; fresh: boolean; artifact: Artifact }
  | { kind: 'script'; script: ScriptOutput }
  | { kind: 'other' };

const OTHER: CargoMessage = { kind: 'other' };

/** Reads one line of cargo's standard output. A line that isn't cargo's is a build script's business. */
export function parseCargoLine(line: string, tree: SourceTree): CargoMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return OTHER;
  }
  const nameOf = (id: string): string => tree.names.get(id) ?? id;
  const artifact = ArtifactSchema.safeParse(value);
  if (artifact.success) {
    const { package_id: id, fresh, target, features, filenames, executable } = artifact.data;
    return {
      kind: 'artifact',
      package: nameOf(id),
      fresh,
      artifact: {
        ...{ id, package: nameOf(id), target: target.name, kind: target.kind, features },
        // A relative `--target-dir ../out` is in them as it was given.
        files: filenames.map((file) => normalize(file)),
        executable: executable == null ? null : normalize(executable),
      },
    };
  }
  const script = ScriptSchema.safeParse(value);
  if (script.success) {
    const { package_id: id, linked_paths: linkedPaths, env, out_dir } = script.data;
    const outDirectory = normalize(out_dir);
    return { kind: 'script', script: { id, package: nameOf(id), outDirectory, linkedPaths, env } };
  }
  const diagnostic = DiagnosticSchema.safeParse(value);
  if (!diagnostic.success) return OTHER;
  const diagnosis = readDiagnostic(diagnostic.data, tree);
  return diagnosis === null ? OTHER : { kind: 'problem', ...diagnosis };
}
