import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, Menu } from 'electron';
import { z } from 'zod';
import type { Recent } from '#shared/contract.ts';
import { describe, log } from './log.ts';
import { type MenuActions, menuTemplate } from './menuTemplate.ts';

/** Puts the menu bar up, and gives the function that redraws it when the recent workspaces have changed. */
export function installMenu(actions: MenuActions): (recents: readonly Recent[]) => void {
  const context = { platform: process.platform, packaged: app.isPackaged, homepage: readHomepage() };
  let shown: string | null = null;
  return (recents) => {
    const next = JSON.stringify(recents);
    if (next === shown) return;
    shown = next;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...context, recents }, actions)));
  };
}

const ManifestSchema = z.object({ homepage: z.string().optional() });

function readHomepage(): string | null {
  try {
    const text = readFileSync(join(app.getAppPath(), 'package.json'), 'utf8');
    return ManifestSchema.parse(JSON.parse(text)).homepage ?? null;
  } catch (error) {
    log('The app’s own package.json can’t be read', describe(error));
    return null;
  }
}
