import { z } from 'zod';

/** A place in a source, as rustc writes it. Bytes count in the file as it is, with its mark and its line ends. */
const SpanSchema = z.object({
  file_name: z.string(),
  byte_start: z.number().optional(),
  byte_end: z.number().optional(),
  line_start: z.number(),
  line_end: z.number().optional(),
  /** In characters, from 1; a byte order mark is none. */
  column_start: z.number(),
  column_end: z.number().optional(),
  is_primary: z.boolean(),
  label: z.string().nullish(),
  /** The lines it covers, without their ends. */
  text: z.array(z.object({ text: z.string() })).optional(),
  suggested_replacement: z.string().nullish(),
  suggestion_applicability: z.string().nullish(),
  /** Where it is in what a macro made: the macro's call, which may itself be in what another one made. */
  get expansion() {
    return ExpansionSchema.nullish();
  },
});
const ExpansionSchema = z.object({ span: SpanSchema, macro_decl_name: z.string().optional() });
export type RustcSpan = z.infer<typeof SpanSchema>;

const ChildSchema = z.object({ level: z.string(), message: z.string(), spans: z.array(SpanSchema) });
export type RustcChild = z.infer<typeof ChildSchema>;

/** A line of `cargo build --message-format=json` that carries a diagnostic. */
export const DiagnosticSchema = z.object({
  reason: z.literal('compiler-message'),
  package_id: z.string(),
  /** Absolute. */
  manifest_path: z.string().optional(),
  message: z.object({
    level: z.string(),
    message: z.string(),
    code: z.object({ code: z.string() }).nullable(),
    rendered: z.string().nullable(),
    spans: z.array(SpanSchema),
    children: z.array(ChildSchema).default([]),
  }),
});
export type RustcDiagnostic = z.infer<typeof DiagnosticSchema>;
