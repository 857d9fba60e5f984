import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { type Editor, editorCommands, editorsHere, type Place } from './editors.ts';

export interface EditorChoice {
  /** The command line in `hotdeck.json`, if there is one. */
  configured: readonly string[] | null;
  /** The editor that the user chose; null for the first that is installed. */
  chosen: string | null;
  cwd: string;
  env: Environment;
}

/** The editors that are installed here. */
export const installedEditors = (env: Environment): Editor[] =>
  editorsHere(env, (program) => onPath(program, env));

/** Opens a place in the user's editor. Errors: there is none, or it can't be started. */
export async function openInEditor(choice: EditorChoice, place: Place): Promise<Result<null>> {
  const { configured, chosen, cwd, env } = choice;
  const commands = editorCommands(configured, installedEditors(env), chosen, place);
  if (commands.length === 0) {
    return failed(
      'no-editor',
      'No editor was found.',
      'Install one, or name one in hotdeck.json: "editor": ["code", "--goto", "{file}:{line}"].',
    );
  }
  const [last] = commands.slice(-1);
  for (const command of commands) {
    const started = await start(command, { cwd, env }, command === last ? 'start' : 'end');
    if (!started.ok) return started;
  }
  return success(null);
}

/** Starts a program that goes on without us. `until` its end where another command is to follow it. */
function start(
  [program = '', ...args]: readonly string[],
  options: { cwd: string; env: Environment },
  until: 'start' | 'end',
): Promise<Result<null>> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, detached: true, stdio: 'ignore' });
    child.once('error', (error) =>
      resolve(failed('editor', `${program} can't be started: ${error.message}.`)),
    );
    child.once(until === 'start' ? 'spawn' : 'exit', () => {
      child.unref();
      resolve(success(null));
    });
  });
}

function onPath(program: string, env: Environment): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
