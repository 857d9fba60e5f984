import { z } from 'zod';
import { type Diagnosis, readDiagnostic } from './diagnostics/problem.ts';
import { DiagnosticSchema } from './diagnostics/rustc.ts';
import type { SourceTree } from './diagnostics/sources.ts';

const ArtifactSchema = z.object({
  reason: z.literal('compiler-artifact'),
  package_id: z.string(),
  fresh: z.boolean(),
  target: z.object({ name: z.string(), kind: z.array(z.string()) }),
});

/** What Hotdeck takes from a line of `cargo build --message-format=json`. */
export type CargoMessage =
  | ({ kind: 'problem' } & Diagnosis)
  | { kind: 'artifact'; package: string; fresh: boolean }
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
  const artifact = ArtifactSchema.safeParse(value);
  if (artifact.success) {
    const { package_id, fresh } = artifact.data;
    return { kind: 'artifact', package: tree.names.get(package_id) ?? package_id, fresh };
  }
  const diagnostic = DiagnosticSchema.safeParse(value);
  if (!diagnostic.success) return OTHER;
  const diagnosis = readDiagnostic(diagnostic.data, tree);
  return diagnosis === null ? OTHER : { kind: 'problem', ...diagnosis };
}
