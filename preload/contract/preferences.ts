import { z } from 'zod';

/** What the user prefers, on this machine and for every workspace. */
export const PreferencesSchema = z.object({
  /** The id of the editor that places are opened in; null for the first that is installed. */
  editor: z.string().min(1).max(64).nullable(),
  /** How much of the logs is kept, for each workspace; what is over either limit goes, the oldest first. */
  keepLogs: z.object({
    megabytes: z.number().int().min(100).max(1_000_000),
    days: z.number().int().min(1).max(3650),
  }),
});
export type Preferences = z.infer<typeof PreferencesSchema>;

export const defaultPreferences: Preferences = { editor: null, keepLogs: { megabytes: 2_000, days: 30 } };
