import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Environment = Record<string, string>;

// What Electron, npm and Hotdeck add for themselves is no business of cargo's or of the server's.
const OURS = /^(ELECTRON_|HOTDECK_|CHROME_|npm_|NODE_OPTIONS$|INIT_CWD$|GOOGLE_API_KEY$|ORIGINAL_XDG_)/;

/**
 * The environment that the user's programs get: the one Hotdeck was started with, less what belongs to
 * Hotdeck, and with cargo's own folder on the PATH (a desktop launcher often starts without it).
 */
export function userEnvironment(source: NodeJS.ProcessEnv): Environment {
  const environment: Environment = {};
  for (const [key, value] of Object.entries(source)) {
    if (value !== undefined && !OURS.test(key)) environment[key] = value;
  }
  const cargoHome = environment.CARGO_HOME ?? join(homedir(), '.cargo');
  const path = (environment.PATH ?? '')
    .split(delimiter)
    .filter((entry) => entry !== '' && !entry.endsWith(join('node_modules', '.bin')));
  const cargoBin = join(cargoHome, 'bin');
  if (!path.includes(cargoBin)) path.push(cargoBin);
  environment.PATH = path.join(delimiter);
  return environment;
}

/** Puts folders before what a path-like variable already holds. */
export function prepend(environment: Environment, key: string, folders: readonly string[]): Environment {
  const value = [...folders, environment[key] ?? ''].filter((part) => part !== '').join(delimiter);
  return { ...environment, [key]: value };
}

/**
 * The environment for a cargo or rustc that only says something: what rustup's proxies take for it is what is installed.
 * They would download the toolchain that a `rust-toolchain.toml` names, components and all, before they answer.
 */
export const lookingOnly = (environment: Environment): Environment => ({
  ...environment,
  RUSTUP_AUTO_INSTALL: '0',
});
