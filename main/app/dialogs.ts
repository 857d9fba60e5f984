import {
  type BrowserWindow,
  dialog,
  type MessageBoxOptions,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron';
import type { Failure } from '#shared/contract.ts';
import { describe, log } from './log.ts';

/** Lets the user pick the folder of a workspace; null when they don't. */
export async function chooseFolder(window: BrowserWindow | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: 'Open a Cargo workspace',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Lets the user pick a file to be written; null when they don't. The dialog asks before it replaces one. */
export async function chooseFile(
  window: BrowserWindow | null,
  suggested: string,
  title: string,
): Promise<string | null> {
  const options: SaveDialogOptions = { title, defaultPath: suggested };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
}

/** Says why something that was not asked for in the page has failed. */
export function showFailure(window: BrowserWindow | null, { kind, message, remedy }: Failure): void {
  log(`${kind}: ${message}`);
  const options: MessageBoxOptions = {
    type: 'warning',
    message,
    ...(remedy === null ? {} : { detail: remedy }),
  };
  const shown = window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
  shown.catch((error: unknown) => log('The message was not shown', describe(error)));
}
