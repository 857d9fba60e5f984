import { type BrowserWindow, dialog } from 'electron';
import type { Failure } from '../../preload/contract.ts';
import { describe, log } from './log.ts';

/** Lets the user pick the folder of a workspace; null when they don't. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a Cargo workspace',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Says why something that was not asked for in the page has failed. */
export function showFailure(window: BrowserWindow, { kind, message, remedy }: Failure): void {
  log(`${kind}: ${message}`);
  dialog
    .showMessageBox(window, { type: 'warning', message, ...(remedy === null ? {} : { detail: remedy }) })
    .catch((error: unknown) => log('The message was not shown', describe(error)));
}
