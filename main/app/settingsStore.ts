import { readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { saveFileSync } from '../files/saveFile.ts';
import { describe, log } from './log.ts';
import { defaultSettings, type Settings, SettingsSchema } from './settings.ts';

/** The settings in memory, and their file. Reading never fails: a broken file is put aside. */
export class SettingsStore {
  readonly #file: string;
  #settings: Settings;
  #dirty = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#settings = read(file);
  }

  get current(): Settings {
    return this.#settings;
  }

  /** Takes the new settings at once, and writes them a moment later: many changes come in a row. */
  update(change: (settings: Settings) => Settings): void {
    this.#settings = change(this.#settings);
    this.#dirty = true;
    this.#timer ??= setTimeout(() => this.flush(), 300);
  }

  /** Writes what is not written yet. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#dirty) return;
    this.#dirty = false;
    try {
      saveFileSync(this.#file, `${JSON.stringify(this.#settings, null, 2)}\n`);
    } catch (error) {
      log('The settings were not saved', describe(error));
    }
  }
}

function read(file: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) log('The settings can’t be read; the defaults are used', describe(error));
    return defaultSettings;
  }
  try {
    return SettingsSchema.parse(JSON.parse(text));
  } catch (error) {
    putAside(file, describe(error));
    return defaultSettings;
  }
}

function putAside(file: string, why: string): void {
  const aside = join(dirname(file), 'settings.broken.json');
  try {
    renameSync(file, aside);
    log(`The settings are broken; the defaults are used and the file is kept as ${aside}`, why);
  } catch (error) {
    log('The settings are broken and could not be put aside; the defaults are used', describe(error));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
