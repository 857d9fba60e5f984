/** What the app is started with; pure. */
import { resolve } from 'node:path';

export interface Wanted {
  /** Ask for a virtual display. */
  xvfb: boolean;
  /** The rest, for the app: workspaces as absolute paths, flags as they are. */
  forApp: string[];
}

/** Reads the caller's arguments; paths count from `cwd`, the caller's folder. */
export function readArguments(args: readonly string[], cwd: string): Wanted {
  const forApp = args
    .filter((arg) => arg !== '--xvfb')
    .map((arg) => (arg.startsWith('-') ? arg : resolve(cwd, arg)));
  return { xvfb: args.includes('--xvfb'), forApp };
}

export interface LaunchFacts {
  /** The folder of the app: the checkout. */
  app: string;
  sandboxed: boolean;
  /** The version of Electron. */
  version: string;
  env: NodeJS.ProcessEnv;
}

/** Electron's own arguments: the app's folder first, then flags, then what is meant for the app. */
export function launchArguments(forApp: readonly string[], facts: LaunchFacts): string[] {
  const flags = facts.sandboxed || forApp.includes('--no-sandbox') ? [] : ['--no-sandbox'];
  // From version 38 Electron takes Wayland by itself.
  const onlyWayland = !facts.env.DISPLAY && Boolean(facts.env.WAYLAND_DISPLAY);
  if (onlyWayland && Number.parseInt(facts.version, 10) < 38) flags.push('--ozone-platform-hint=auto');
  return [facts.app, ...flags, ...forApp];
}

/**
 * The environment for the app, and so for cargo and the server: without what npm set for this one script, and without
 * what would make Electron run as plain Node.
 */
export function appEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(npm_(lifecycle|package|command|execpath|node_execpath)|INIT_CWD$|ELECTRON_RUN_AS_NODE$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}
