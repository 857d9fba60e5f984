/** What the compiler complains about. */
import { z } from 'zod';
import { DiffLineSchema } from './diff.ts';

/** From here up to, not including, there. Lines and columns count from 1, columns in characters of the text. */
const SourceRangeSchema = z.object({
  /** Relative to the workspace; absolute where it lies elsewhere. */
  file: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
});

/** A place that a diagnostic points at; the primary ones are what it is about. */
const ProblemSpanSchema = SourceRangeSchema.extend({
  label: z.string().nullable(),
  primary: z.boolean(),
});
export type ProblemSpan = z.infer<typeof ProblemSpanSchema>;

/** A remark under a diagnostic. */
const ProblemNoteSchema = z.object({
  level: z.enum(['note', 'help', 'warning', 'error']),
  message: z.string(),
  span: ProblemSpanSchema.nullable(),
});
export type ProblemNote = z.infer<typeof ProblemNoteSchema>;

/** A change that the compiler proposes. */
const SuggestionSchema = z.object({
  id: z.string(),
  message: z.string(),
  /** How sure the compiler is of it. */
  applicability: z.enum(['machineApplicable', 'maybeIncorrect', 'hasPlaceholders', 'unspecified']),
  edits: z.array(SourceRangeSchema.extend({ text: z.string() })),
  /** The same as a diff, for each file. Only lines that the compiler showed are in it. */
  diffs: z.array(z.object({ file: z.string(), hunks: z.array(z.array(DiffLineSchema)) })),
  /** `offered`: `applySuggestion` does it. `by-hand`: the compiler isn't sure, or it is about files of others. */
  state: z.enum(['offered', 'applied', 'by-hand']),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

export const ProblemSchema = z.object({
  /** Of what it says and where: the same problem bears the same id in the next build. */
  id: z.string(),
  level: z.enum(['error', 'warning']),
  message: z.string(),
  code: z.string().nullable(),
  package: z.string().nullable(),
  /** Relative to the workspace; absolute where it lies elsewhere. */
  file: z.string().nullable(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  /** The compiler's own words, with ANSI colors; of very long ones the middle is left out. */
  rendered: z.string(),
  // Records of the history may be without these.
  spans: z.array(ProblemSpanSchema).default([]),
  children: z.array(ProblemNoteSchema).default([]),
  suggestions: z.array(SuggestionSchema).default([]),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** How many there are. */
export const ProblemCountsSchema = z.object({ errors: z.number(), warnings: z.number() });
export type ProblemCounts = z.infer<typeof ProblemCountsSchema>;
