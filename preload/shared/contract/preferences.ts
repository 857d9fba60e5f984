import { z } from 'zod';

/** What a desktop notification may be about. */
export const NewsKindSchema = z.enum(['build', 'crash', 'reload']);
export type NewsKind = z.infer<typeof NewsKindSchema>;

const everything = { build: true, crash: true, reload: true };

const atMost = (least: number, most: number) => z.number().int().min(least).max(most);

/** A year is plenty, and 256 MB are some 100,000 builds of a small workspace. */
const keepHistory = { megabytes: 256, days: 365 };

/** What the user prefers, on this machine and for every workspace. */
export const PreferencesSchema = z.object({
  /** The id of the editor that places are opened in; null for the first that is installed. */
  editor: z.string().min(1).max(64).nullable(),
  /** How much of the logs is kept, for each workspace; what is over either limit goes, the oldest first. */
  keepLogs: z.object({ megabytes: atMost(100, 1_000_000), days: atMost(1, 3650) }),
  /** The same of the history. */
  keepHistory: z.object({ megabytes: atMost(16, 100_000), days: atMost(1, 3650) }).default(keepHistory),
  /** What to report while no window is in front: a build that failed, a crash, a reload that did not do it. */
  notify: z.record(NewsKindSchema, z.boolean()).default(everything),
});
export type Preferences = z.infer<typeof PreferencesSchema>;

export const defaultPreferences: Preferences = {
  editor: null,
  keepLogs: { megabytes: 2_000, days: 30 },
  keepHistory,
  notify: everything,
};
