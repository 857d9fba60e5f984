import { relative } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../../preload/contract.ts';

const SpanSchema = z.object({
  file_name: z.string(),
  line_start: z.number(),
  column_start: z.number(),
  is_primary: z.boolean(),
});

const DiagnosticSchema = z.object({
  reason: z.literal('compiler-message'),
  package_id: z.string(),
  message: z.object({
    level: z.string(),
    message: z.string(),
    code: z.object({ code: z.string() }).nullable(),
    rendered: z.string().nullable(),
    spans: z.array(SpanSchema),
  }),
});

const ArtifactSchema = z.object({
  reason: z.literal('compiler-artifact'),
  package_id: z.string(),
  fresh: z.boolean(),
  target: z.object({ name: z.string(), kind: z.array(z.string()) }),
});

/** What Hotdeck takes from a line of `cargo build --message-format=json`. */
export type CargoMessage =
  | { kind: 'problem'; problem: Omit<Problem, 'id'>; rendered: string }
  | { kind: 'artifact'; package: string; fresh: boolean }
  | { kind: 'other' };

/** Reads one line of cargo's standard output. A line that isn't cargo's is a build script's business. */
export function parseCargoLine(line: string, root: string, names: ReadonlyMap<string, string>): CargoMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'other' };
  }
  const artifact = ArtifactSchema.safeParse(value);
  if (artifact.success) {
    const { package_id, fresh } = artifact.data;
    return { kind: 'artifact', package: names.get(package_id) ?? package_id, fresh };
  }
  const diagnostic = DiagnosticSchema.safeParse(value);
  if (!diagnostic.success) return { kind: 'other' };
  const { message, package_id } = diagnostic.data;
  const level = message.level.startsWith('error') ? 'error' : 'warning';
  const span = message.spans.find((each) => each.is_primary) ?? message.spans[0];
  const rendered = message.rendered ?? message.message;
  const problem = {
    level,
    message: message.message,
    code: message.code?.code ?? null,
    package: names.get(package_id) ?? null,
    file: span === undefined ? null : relativeFile(root, span.file_name),
    line: span?.line_start ?? null,
    column: span?.column_start ?? null,
    rendered,
  } satisfies Omit<Problem, 'id'>;
  return { kind: 'problem', problem, rendered };
}

/** rustc names files of the workspace relative to its root, others absolutely. */
const relativeFile = (root: string, file: string): string =>
  file.startsWith('/') ? relative(root, file) : file;
