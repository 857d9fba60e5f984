import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import {
  type Auto,
  AutoSchema,
  defaultPreferences,
  PreferencesSchema,
  type Recent,
} from '#shared/contract.ts';
import { PlacementSchema } from './placement.ts';

const WorkspaceEntrySchema = z.object({ root: z.string().min(1), name: z.string(), auto: AutoSchema });

/** What the app remembers from one run to the next. */
export const SettingsSchema = z.object({
  window: PlacementSchema.nullable(),
  /** Workspaces that were opened, the newest first. */
  workspaces: z.array(WorkspaceEntrySchema),
  preferences: PreferencesSchema.default(defaultPreferences),
});
export type Settings = z.infer<typeof SettingsSchema>;

export const defaultSettings: Settings = {
  window: null,
  workspaces: [],
  preferences: defaultPreferences,
};
const defaultAuto: Auto = { buildOnSave: true, reloadAfterBuild: false };

/** More are remembered than are shown, so that an older workspace still finds its switches as they were. */
const remembered = 50;
const shown = 10;

/** The workspace was opened: it becomes the newest. */
export function withOpened(settings: Settings, root: string, name: string): Settings {
  const others = settings.workspaces.filter((entry) => entry.root !== root);
  const entry = { root, name: name === '' ? basename(root) : name, auto: autoOf(settings, root) };
  return { ...settings, workspaces: [entry, ...others].slice(0, remembered) };
}

/** The user set the workspace's switches; one that was never opened is not remembered for that. */
export function withAuto(settings: Settings, root: string, auto: Auto): Settings {
  const workspaces = settings.workspaces.map((entry) => (entry.root === root ? { ...entry, auto } : entry));
  return { ...settings, workspaces };
}

/** The folder is gone: forget it. */
export function withoutWorkspace(settings: Settings, root: string): Settings {
  return { ...settings, workspaces: settings.workspaces.filter((entry) => entry.root !== root) };
}

/** The switches as they were left, or the defaults. */
export function autoOf(settings: Settings, root: string): Auto {
  return settings.workspaces.find((entry) => entry.root === root)?.auto ?? defaultAuto;
}

/** The workspaces to offer, newest first; `exists` tells whether a folder is still there. */
export function recents(settings: Settings, exists: (root: string) => boolean): Recent[] {
  return settings.workspaces
    .filter((entry) => exists(entry.root))
    .slice(0, shown)
    .map(({ root, name }) => ({ id: recentId(root), name, root }));
}

/** The window names a recent workspace by this id, never by its path. */
export function recentId(root: string): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 12);
}
