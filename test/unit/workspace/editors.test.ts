import { expect, test } from 'vitest';
import { editorCommands, editorsHere } from '../../../main/engine/workspace/editors.ts';

const place = { file: '/srv/depot/api/src/{line}.rs', line: 12, column: 5 };
const only =
  (...programs: string[]) =>
  (program: string): boolean =>
    programs.includes(program);

test('the command of hotdeck.json comes before all others', () => {
  const editors = editorsHere({}, only('code'));
  expect(editorCommands(['mine', '{file}', '-l{line}'], editors, 'code', place)).toEqual([
    ['mine', '/srv/depot/api/src/{line}.rs', '-l12'],
  ]);
});

test('then the chosen one, then the first that is installed', () => {
  const editors = editorsHere({}, only('code', 'zed'));
  expect(editorCommands(null, editors, 'zed', place)).toEqual([['zed', `${place.file}:12:5`]]);
  expect(editorCommands(null, editors, 'gone', place)).toEqual([['code', '--goto', `${place.file}:12:5`]]);
  expect(editorCommands(null, [], null, place)).toEqual([]);
});

test('a Neovim that listens is sent the file as an argument, and numbers only as keys', () => {
  const editors = editorsHere({ NVIM_LISTEN_ADDRESS: '/run/nvim' }, only('nvim'));
  const commands = editorCommands(null, editors, 'nvim', place);
  expect(commands[0]).toEqual(['nvim', '--server', '/run/nvim', '--remote', place.file]);
  expect(commands[1]?.at(-1)).toBe('<C-\\><C-N>:call cursor(12,5)<CR>');
});

test('$VISUAL is offered with the arguments that its program knows; one that needs a terminal is not', () => {
  expect(editorsHere({ VISUAL: 'code --wait' }, only())).toMatchObject([
    { id: 'visual', commands: [['code', '--wait', '--goto', '{file}:{line}:{column}']] },
  ]);
  expect(editorsHere({ VISUAL: '/opt/ed/thing -n' }, only())).toMatchObject([
    { commands: [['/opt/ed/thing', '-n', '{file}']] },
  ]);
  expect(editorsHere({ VISUAL: '/usr/bin/nvim' }, only('nvim'))).toEqual([]);
  expect(editorsHere({ VISUAL: 'code' }, only('code'))).toHaveLength(1);
});
