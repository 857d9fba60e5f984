import { basename } from 'node:path';
import type { Environment } from '../environment.ts';

export interface Place {
  file: string;
  line: number;
  column: number;
}

/** An editor, and the commands that show a place in it: each a program with its arguments, never a shell's line. */
export interface Editor {
  id: string;
  name: string;
  commands: readonly (readonly string[])[];
}

const at = (id: string, name: string, ...command: string[]): Editor => ({ id, name, commands: [command] });
const GOTO = '{file}:{line}:{column}';
const jetBrains = (id: string, name: string): Editor =>
  at(id, name, id, '--line', '{line}', '--column', '{column}', '{file}');

// Editors that have a window of their own, and how they are told a place.
const KNOWN: readonly Editor[] = [
  at('code', 'Visual Studio Code', 'code', '--goto', GOTO),
  at('codium', 'VSCodium', 'codium', '--goto', GOTO),
  at('cursor', 'Cursor', 'cursor', '--goto', GOTO),
  at('zed', 'Zed', 'zed', GOTO),
  at('zeditor', 'Zed', 'zeditor', GOTO),
  jetBrains('rustrover', 'RustRover'),
  jetBrains('idea', 'IntelliJ IDEA'),
  jetBrains('clion', 'CLion'),
  at('subl', 'Sublime Text', 'subl', GOTO),
  at('kate', 'Kate', 'kate', '--line', '{line}', '--column', '{column}', '{file}'),
  at('gnome-text-editor', 'Text Editor', 'gnome-text-editor', '+{line}:{column}', '{file}'),
  at('gedit', 'gedit', 'gedit', '+{line}:{column}', '{file}'),
];

const DESKTOP = at('xdg-open', "The desktop's choice", 'xdg-open', '{file}');

// They draw in a terminal, and nobody would see the one that they were started in.
const IN_TERMINAL = /^(?:vi|vim|nvim|nano|pico|emacs|hx|helix|micro|joe|ed|ne|kak|mcedit|less|more)$/;

/**
 * The editors that can be offered here: installed ones, a Neovim that listens, and `$VISUAL`.
 * @param installed whether a program is on the PATH.
 */
export function editorsHere(env: Environment, installed: (program: string) => boolean): Editor[] {
  const found = KNOWN.filter((editor) => installed(editor.id));
  const listening = env.NVIM_LISTEN_ADDRESS ?? env.NVIM;
  if (listening !== undefined && installed('nvim')) found.push(neovim(listening));
  const visual = fromVariable(env.VISUAL);
  if (visual !== null && !found.some((each) => each.id === visual.commands[0]?.[0])) found.push(visual);
  if (installed('xdg-open')) found.push(DESKTOP);
  return found;
}

/** A Neovim that runs already; where to go is sent as keys, which hold numbers only. */
const neovim = (address: string): Editor => ({
  id: 'nvim',
  name: 'Neovim (running)',
  commands: [
    ['nvim', '--server', address, '--remote', '{file}'],
    ['nvim', '--server', address, '--remote-send', '<C-\\><C-N>:call cursor({line},{column})<CR>'],
  ],
});

/** `$VISUAL`, split at blanks as most programs do. Null where it names nothing that has a window. */
function fromVariable(value: string | undefined): Editor | null {
  const parts = (value ?? '').split(/\s+/).filter((part) => part !== '');
  const [program] = parts;
  if (program === undefined || IN_TERMINAL.test(basename(program))) return null;
  const known = KNOWN.find((each) => each.id === basename(program));
  const [, ...usual] = known?.commands[0] ?? [];
  const rest = known === undefined ? ['{file}'] : usual;
  return { id: 'visual', name: `$VISUAL (${basename(program)})`, commands: [[...parts, ...rest]] };
}

/**
 * The commands that show a place: by the command line that the workspace's settings name, else by the chosen editor,
 * else by the first one there is.
 */
export function editorCommands(
  configured: readonly string[] | null,
  editors: readonly Editor[],
  chosen: string | null,
  place: Place,
): string[][] {
  const editor = editors.find((each) => each.id === chosen) ?? editors[0];
  const commands = configured === null ? (editor?.commands ?? []) : [configured];
  const values = new Map([
    ['{file}', place.file],
    ['{line}', String(place.line)],
    ['{column}', String(place.column)],
  ]);
  return commands.map((command) =>
    // In one pass: a file may be named {line}.
    command.map((part) => part.replaceAll(/\{(?:file|line|column)\}/g, (name) => values.get(name) ?? name)),
  );
}
