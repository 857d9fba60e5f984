import { z } from 'zod';

/** What a desktop notification may be about. */
export const NewsKindSchema = z.enum(['build', 'crash', 'reload']);
export type NewsKind = z.infer<typeof NewsKindSchema>;

const everything = { build: true, crash: true, reload: true };

/** What the user prefers, on this machine and for every workspace. */
export const PreferencesSchema = z.object({
  /** The id of the editor that places are opened in; null for the first that is installed. */
  editor: z.string().min(1).max(64).nullable(),
  /** How much of the logs is kept, for each workspace; what is over either limit goes, the oldest first. */
  keepLogs: z.object({
    megabytes: z.number().int().min(100).max(1_000_000),
    days: z.number().int().min(1).max(3650),
  }),
  /** What to tell of while no window is in front: a build that failed, a crash, a reload that did not do it. */
  notify: z.record(NewsKindSchema, z.boolean()).default(everything),
});
export type Preferences = z.infer<typeof PreferencesSchema>;

export const defaultPreferences: Preferences = {
  editor: null,
  keepLogs: { megabytes: 2_000, days: 30 },
  notify: everything,
};
