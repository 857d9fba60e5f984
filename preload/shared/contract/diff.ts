import { z } from 'zod';

/** A line of a diff. */
export const DiffLineSchema = z.object({
  kind: z.enum(['same', 'removed', 'added']),
  text: z.string(),
  /** Line numbers, from 1, in the file as it is and as it would be. */
  before: z.number().nullable(),
  after: z.number().nullable(),
});
export type DiffLine = z.infer<typeof DiffLineSchema>;
