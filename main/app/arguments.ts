import { resolve, sep } from 'node:path';
import { z } from 'zod';

/** What the command line asked for. */
export const LaunchSchema = z.object({
  /** Absolute path of the workspace to open; null when none was named. */
  workspace: z.string().nullable(),
});
export type Launch = z.infer<typeof LaunchSchema>;

export interface LaunchContext {
  /** As `process.argv`: the program first. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Where the app's own package.json lies; the development Electron is given it as an argument. */
  readonly appPath: string;
  readonly packaged: boolean;
}

/** Flags whose value is an argument of its own. */
const takesValue = new Set(['-r', '--require']);

/** The first argument that is no flag, nor the app itself, is the workspace. */
export function parseLaunch(context: LaunchContext): Launch {
  const [first, second] = positional(context.argv.slice(1));
  const named = first !== undefined && isTheApp(first, context) ? second : first;
  return { workspace: named === undefined || named === '' ? null : resolve(context.cwd, named) };
}

function positional(args: readonly string[]): string[] {
  const found: string[] = [];
  let skip = false;
  for (const [index, arg] of args.entries()) {
    if (skip) {
      skip = false;
    } else if (arg === '--') {
      return [...found, ...args.slice(index + 1)];
    } else if (takesValue.has(arg)) {
      skip = true;
    } else if (!arg.startsWith('-')) {
      found.push(arg);
    }
  }
  return found;
}

/** `electron .`, `electron <folder>` and `electron <folder>/dist/main/app.js` all name the app. */
function isTheApp(argument: string, { cwd, appPath, packaged }: LaunchContext): boolean {
  if (packaged) return false;
  const path = resolve(cwd, argument);
  const app = resolve(appPath);
  return path === app || (path.startsWith(app + sep) && path.endsWith('.js'));
}
