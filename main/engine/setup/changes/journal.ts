import { z } from 'zod';
import { WayIdSchema } from '#shared/contract.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.string().min(1);
const KeepSchema = z.object({ mode: z.number(), uid: z.number(), gid: z.number() });

/** One file that a setup changed. Contents are named by their hash; null: there was no file. */
const ChangedSchema = z.object({
  file: path,
  /**
   * What was made of it, first to last. There is more than one layer only where somebody edited the file in between:
   * `after` of one is not `before` of the next.
   */
  layers: z.array(z.object({ before: hash.nullable(), after: hash.nullable() })).min(1),
  lines: z.number(),
  /** Of the file as it was first found; null where there was none. */
  keep: KeepSchema.nullable(),
  /** Folders that were made for it, outermost first. */
  folders: z.array(path),
});
export type Changed = z.infer<typeof ChangedSchema>;

/** What is applied: the file `journal.json`. */
export const JournalSchema = z.object({
  version: z.literal(1),
  way: WayIdSchema,
  at: z.number(),
  files: z.array(ChangedSchema),
});
export type Journal = z.infer<typeof JournalSchema>;

/** One file that is on its way from one content to another. */
const MoveSchema = z.object({
  file: path,
  /** Where it really lies, relative to the workspace: links are followed, never replaced. */
  target: path,
  /** What lies beside it until it takes its place. */
  beside: path,
  from: hash.nullable(),
  to: hash.nullable(),
  keep: KeepSchema.nullable(),
  /** Folders that are made for it, or go with it: those that are only there for it. Outermost first. */
  folders: z.array(path),
});
export type Move = z.infer<typeof MoveSchema>;

/** What is being done: the file `work.json`, there from before the first file is touched until after the last. */
export const WorkSchema = z.object({
  version: z.literal(1),
  kind: z.enum(['applying', 'reverting']),
  moves: z.array(MoveSchema),
  /** What is applied once this is done; null: nothing. */
  next: JournalSchema.nullable(),
});
export type Work = z.infer<typeof WorkSchema>;

/** The contents that a journal can't do without. */
export const contentsOf = (journal: Journal | null): string[] =>
  (journal?.files ?? []).flatMap(({ layers }) =>
    layers.flatMap(({ before, after }) => [before, after].filter((each) => each !== null)),
  );
