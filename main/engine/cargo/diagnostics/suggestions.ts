import type { Suggestion } from '#shared/contract.ts';
import type { ByteEdit } from '../../building/diagnoses.ts';
import { absolute, isOwn, type SourceTree, shown } from '../../building/sourceTree.ts';
import { cut, LIMITS } from './diagnosticLimits.ts';
import { coveredText, previewOf, type ShownEdit } from './preview.ts';
import type { RustcChild, RustcSpan } from './rustc.ts';

/** A suggestion, and what it takes to apply it; null where that is left to the user. */
export interface ReadSuggestion {
  suggestion: Suggestion;
  edits: ByteEdit[] | null;
}

const APPLICABILITY: Readonly<Record<string, Suggestion['applicability']>> = {
  MachineApplicable: 'machineApplicable',
  MaybeIncorrect: 'maybeIncorrect',
  HasPlaceholders: 'hasPlaceholders',
};

/** A part of a suggestion that has all it takes to be one. */
interface Part extends ShownEdit {
  file: string;
  start: number;
  end: number;
  applicability: Suggestion['applicability'];
  /** In what a macro made: a change there is one of every call. */
  inMacro: boolean;
}

/**
 * The suggestions in a diagnostic's children. One child may hold the parts of one change, or several ways to change
 * the same place: rustc's JSON does not tell them apart but by that.
 * @param own whether the diagnostic is about a member of the workspace.
 */
export function readSuggestions(
  tree: SourceTree,
  children: readonly RustcChild[],
  own: boolean,
): ReadSuggestion[] {
  const all = children.flatMap(({ message, spans }) =>
    ways(partsOf(spans)).map((parts) => ({ message, parts })),
  );
  return all
    .slice(0, LIMITS.suggestions)
    .flatMap(({ message, parts }, i) => read(tree, { id: `${i + 1}`, message, parts, own }) ?? []);
}

function partsOf(spans: readonly RustcSpan[]): Part[] {
  return spans.flatMap((span) => {
    const { byte_start: start, byte_end: end, suggested_replacement: text } = span;
    if (text == null || start === undefined || end === undefined) return [];
    return {
      file: span.file_name,
      start,
      end,
      line: span.line_start,
      column: span.column_start,
      endLine: span.line_end ?? span.line_start,
      endColumn: span.column_end ?? span.column_start,
      text,
      lines: (span.text ?? []).map((line) => line.text),
      applicability: APPLICABILITY[span.suggestion_applicability ?? ''] ?? 'unspecified',
      inMacro: span.expansion != null,
    };
  });
}

/** One change of all parts; or, where they are about one and the same place, as many as there are. */
function ways(parts: readonly Part[]): Part[][] {
  const [first] = parts;
  if (first === undefined) return [];
  const samePlace = parts.every(
    (part) => part.file === first.file && part.start === first.start && part.end === first.end,
  );
  return samePlace ? parts.map((part) => [part]) : [inOrder(parts)];
}

const inOrder = (parts: readonly Part[]): Part[] =>
  [...parts].sort((a, b) => a.file.localeCompare(b.file) || a.start - b.start || a.end - b.end);

/** Two parts that meet are several ways in one, or something that nobody foresaw. */
const isClear = (parts: readonly Part[]): boolean =>
  parts.every((part, i) => {
    const next = parts[i + 1];
    return (
      next === undefined || next.file !== part.file || (part.end <= next.start && part.start < next.start)
    );
  });

interface Found {
  id: string;
  message: string;
  parts: readonly Part[];
  own: boolean;
}

function read(tree: SourceTree, { id, message, parts, own }: Found): ReadSuggestion | null {
  const weight = parts.reduce((sum, part) => sum + part.text.length + part.lines.join('\n').length, 0);
  if (parts.length > LIMITS.edits || weight > LIMITS.suggestion || !isClear(parts)) return null;
  const applicability =
    parts.find((part) => part.applicability !== 'machineApplicable')?.applicability ?? 'machineApplicable';
  const applies =
    own &&
    applicability === 'machineApplicable' &&
    parts.every((part) => isOwn(tree, absolute(tree, part.file)) && part.lines.length > 0 && !part.inMacro);
  const files = [...new Set(parts.map((part) => part.file))];
  const suggestion: Suggestion = {
    id,
    message: cut(message, LIMITS.message),
    applicability,
    edits: parts.map(({ file, line, column, endLine, endColumn, text }) => ({
      file: shown(tree, file),
      line,
      column,
      endLine,
      endColumn,
      text,
    })),
    diffs: files.map((file) => ({
      file: shown(tree, file),
      hunks: previewOf(parts.filter((part) => part.file === file)),
    })),
    state: applies ? 'offered' : 'by-hand',
  };
  const edits = parts.map((part) => ({
    file: absolute(tree, part.file),
    start: part.start,
    end: part.end,
    expected: coveredText(part),
    text: part.text,
  }));
  return { suggestion, edits: applies ? edits : null };
}
