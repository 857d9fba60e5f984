import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Problem, ProblemNote, ProblemSpan } from '#shared/contract.ts';
import type { ByteEdit } from '../../building/diagnoses.ts';
import { type SourceTree, shown } from '../../building/sourceTree.ts';
import { cut, cutMiddle, LIMITS } from './diagnosticLimits.ts';
import type { RustcDiagnostic, RustcSpan } from './rustc.ts';
import { isOfMember, placeOf } from './sources.ts';
import { readSuggestions } from './suggestions.ts';

/** A diagnostic as it is shown, and what of it can be applied, by the suggestion's id. */
export interface Diagnosis {
  problem: Problem;
  /** All that the compiler drew. */
  rendered: string;
  fixes: ReadonlyMap<string, readonly ByteEdit[]>;
}

/** Sums up the others, and says nothing of its own. */
const SUMMARY = /^(?:aborting due to|Some errors have detailed explanations|\d+ warnings? emitted)/;

/** @returns null for what is no problem by itself. */
export function readDiagnostic(diagnostic: RustcDiagnostic, tree: SourceTree): Diagnosis | null {
  const { message, package_id: packageId, manifest_path: manifest } = diagnostic;
  if (message.level === 'failure-note' || (message.spans.length === 0 && SUMMARY.test(message.message))) {
    return null;
  }
  const crate = manifest === undefined ? null : dirname(manifest);
  const rendered = message.rendered ?? message.message;
  const spans = message.spans.flatMap((span) => spansOf(tree, crate, span)).slice(0, LIMITS.spans);
  const place = spans.find((span) => span.primary) ?? spans[0];
  const read = readSuggestions(tree, message.children, isOfMember(tree, packageId, manifest));
  const problem: Problem = {
    id: idOf(diagnostic),
    level: message.level.startsWith('error') ? 'error' : 'warning',
    message: cut(message.message, LIMITS.message),
    code: message.code?.code ?? null,
    package: tree.names.get(packageId) ?? null,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    rendered: cutMiddle(rendered, LIMITS.rendered),
    spans,
    children: message.children
      .filter(({ spans }) => !spans.some((span) => span.suggested_replacement != null))
      .slice(0, LIMITS.children)
      .map((child) => noteOf(tree, crate, child)),
    suggestions: read.map(({ suggestion }) => suggestion),
  };
  const fixes = read.flatMap(({ suggestion, edits }): [string, ByteEdit[]][] =>
    edits === null ? [] : [[suggestion.id, edits]],
  );
  return { problem, rendered, fixes: new Map(fixes) };
}

const NOTE_LEVELS: readonly ProblemNote['level'][] = ['note', 'help', 'warning', 'error'];

function noteOf(
  tree: SourceTree,
  crate: string | null,
  { level, message, spans }: RustcDiagnostic['message']['children'][number],
): ProblemNote {
  const span = spans.find((each) => each.is_primary) ?? spans[0];
  return {
    level: NOTE_LEVELS.find((each) => each === level) ?? 'note',
    message: cut(message, LIMITS.message),
    span: span === undefined ? null : spanOf(tree, placeOf(tree, crate, span), span),
  };
}

/** The place of a span; where that is inside of a macro of the same crate, also where the macro is called. */
function spansOf(tree: SourceTree, crate: string | null, span: RustcSpan): ProblemSpan[] {
  const place = placeOf(tree, crate, span);
  const call = place.expansion;
  const own = spanOf(tree, place, span);
  // A derive marks the user's own words, and is itself no place of interest.
  if (call == null || !span.is_primary || !/!$/.test(call.macro_decl_name ?? '')) return [own];
  const at = placeOf(tree, crate, call.span);
  if (shown(tree, at.file_name) === own.file && at.line_start === own.line) return [own];
  return [own, { ...spanOf(tree, at, at), label: `in this call of ${call.macro_decl_name}`, primary: false }];
}

const spanOf = (tree: SourceTree, place: RustcSpan, said: RustcSpan): ProblemSpan => ({
  file: shown(tree, place.file_name),
  line: place.line_start,
  column: place.column_start,
  endLine: place.line_end ?? place.line_start,
  endColumn: place.column_end ?? place.column_start,
  label: said.label == null ? null : cut(said.label, LIMITS.label),
  primary: said.is_primary,
});

/** Of what is said, and where: the same for each target of a package, and in the next build. */
function idOf({ package_id, message }: RustcDiagnostic): string {
  const places = message.spans.map((span) => [
    span.file_name,
    span.byte_start ?? [span.line_start, span.column_start],
    span.byte_end,
    span.label,
  ]);
  const said = [package_id, message.level, message.code?.code, message.message, places];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 16);
}
