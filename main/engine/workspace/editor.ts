import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';

export interface Place {
  file: string;
  line: number;
  column: number;
}

// Editors that open a window of their own, and how they are told a place.
const KNOWN: readonly (readonly string[])[] = [
  ['code', '--goto', '{file}:{line}:{column}'],
  ['codium', '--goto', '{file}:{line}:{column}'],
  ['zed', '{file}:{line}:{column}'],
  ['subl', '{file}:{line}:{column}'],
  ['rustrover', '--line', '{line}', '{file}'],
  ['kate', '--line', '{line}', '--column', '{column}', '{file}'],
  ['gedit', '+{line}:{column}', '{file}'],
  ['xdg-open', '{file}'],
];

/** The command line that opens a place: the configured one, or the first known editor that is installed. */
export function editorCommand(
  configured: readonly string[] | null,
  place: Place,
  installed: (program: string) => boolean,
): string[] | null {
  const template = configured ?? KNOWN.find(([program]) => program !== undefined && installed(program));
  return (
    template?.map((part) =>
      part
        .replaceAll('{file}', place.file)
        .replaceAll('{line}', String(place.line))
        .replaceAll('{column}', String(place.column)),
    ) ?? null
  );
}

/** Opens a file of the workspace in the user's editor. */
export function openInEditor(
  configured: readonly string[] | null,
  place: Place,
  cwd: string,
  env: Environment,
): Promise<Result<null>> {
  const [program, ...args] = editorCommand(configured, place, (name) => onPath(name, env)) ?? [];
  if (program === undefined) {
    return Promise.resolve(
      failed(
        'no-editor',
        'No editor was found.',
        'Name one in hotdeck.json: "editor": ["code", "--goto", "{file}:{line}"].',
      ),
    );
  }
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: 'ignore' });
    child.once('error', (error) =>
      resolve(failed('editor', `${program} can't be started: ${error.message}.`)),
    );
    child.once('spawn', () => {
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
