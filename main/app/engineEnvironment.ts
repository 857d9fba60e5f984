import { delimiter, sep } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Set by Electron for itself and its desktop entry. */
const ofTheApp = /^(ELECTRON_|CHROME_DESKTOP$|ORIGINAL_XDG_CURRENT_DESKTOP$|APPDIR$|APPIMAGE$|ARGV0$|OWD$)/;

/**
 * The environment of the engine, and so of the server and of cargo: what the app was started with, less what
 * Electron or an AppImage added. A server started here must find what it would find in a terminal.
 */
export function engineEnvironment(environment: Environment): Record<string, string> {
  const desktop = environment.ORIGINAL_XDG_CURRENT_DESKTOP;
  const image = environment.APPDIR;
  const entries = Object.entries(environment).flatMap(([key, value]) => {
    if (value === undefined || ofTheApp.test(key)) return [];
    if (key === 'XDG_CURRENT_DESKTOP' && desktop !== undefined) return [[key, desktop]];
    const own = image === undefined ? value : withoutFolder(value, image);
    return own === '' && value !== '' ? [] : [[key, own]];
  });
  return Object.fromEntries(entries);
}

/** An AppImage puts its own folders into search paths; they vanish when it ends. */
function withoutFolder(value: string, folder: string): string {
  if (!value.includes(folder)) return value;
  const inside = (part: string) => part === folder || part.startsWith(folder + sep);
  return value
    .split(delimiter)
    .filter((part) => !inside(part))
    .join(delimiter);
}
