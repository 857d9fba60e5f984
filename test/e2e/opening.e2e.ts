/**
 * Places and links of a terminal and of a log, followed to the end: to the arguments of an editor and of a browser. These two are the only
 * programs here that are made up: scripts that write down what they are given.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogStore } from '../../main/engine/logs/store/logStore.ts';
import { workspaceId } from '../../main/engine/workspace/workspaceId.ts';
import { launchApp } from '../support/app.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { temporaryFolder } from '../support/folders.ts';

const PLACE = 'api/src/lib.rs';
const OTHER = 'https://127.0.0.1:9/';
const LINK = 'http://127.0.0.1:9/a?b=c';

/** A program of this name that writes its arguments, one a line, into a file. Gives what reads them. */
async function program(folder: string, name: string): Promise<() => Promise<string>> {
  const told = join(folder, `${name}.told`);
  await writeFile(
    join(folder, name),
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${told}.part' && mv '${told}.part' '${told}'\n`,
  );
  await chmod(join(folder, name), 0o755);
  return () => readFile(told, 'utf8').catch(() => '');
}

/** A run of yesterday, as the app keeps them. */
async function storeRun(data: string, root: string, text: string): Promise<void> {
  const onFailure = ({ message }: { message: string }) => {
    throw new Error(message);
  };
  const store = new LogStore({ data, workspace: workspaceId(root), onFailure });
  const writer = store.begin({ stream: 'server' });
  writer.append(Buffer.from(text));
  await store.end(writer, '0');
  await store.close();
}

test('a place opens the editor there, a link the browser; in the terminal and in the log', async () => {
  const [root, userData, bin] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  await copyBuiltSample(root);
  await mkdir(bin, { recursive: true });
  const [editor, browser] = [await program(bin, 'an-editor'), await program(bin, 'xdg-open')];
  const settings = JSON.parse(await readFile(join(root, 'hotdeck.json'), 'utf8'));
  const command = [join(bin, 'an-editor'), '{file}:{line}:{column}', 'x'];
  await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ ...settings, editor: command }));
  await storeRun(userData, root, `panicked at ${PLACE}:2:5 and ${PLACE}:1:1\r\nsee ${LINK} or ${OTHER}\r\n`);
  const { window, complaints, close } = await launchApp({
    workspace: root,
    userData,
    env: { PATH: `${bin}:${process.env.PATH}` },
  });
  onTestFinished(close);
  // In the terminal: three lines, with the cursor below them.
  const terminal = window.getByRole('tabpanel', { name: 'Server' });
  const cursor = terminal.locator('.xterm-helper-textarea');
  const screen = await terminal.locator('.xterm-screen').boundingBox();
  const height = async () => (((await cursor.boundingBox())?.y ?? 0) - (screen?.y ?? 0)) / 3;
  await terminal.locator('.xterm-screen').click();
  await expect.poll(height).toBeGreaterThan(5);
  const cell = await height();
  /** Somewhere in the middle of a text: a character is about half as wide as it is high. */
  const press = async (row: number, column: number) => {
    const position = { x: column * 0.5 * cell, y: (row + 0.5) * cell };
    await terminal.locator('.xterm-screen').hover({ position });
    await terminal.locator('.xterm-screen').click({ position, modifiers: ['Control'] });
  };
  await expect.poll(async () => press(0, 18).then(editor)).toBe(`${join(root, PLACE)}:2:5\nx\n`);
  await expect.poll(async () => press(1, 14).then(browser)).toBe(`${LINK}\n`);

  await window.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Log', exact: true }).click();
  const feed = window.getByRole('feed', { name: 'Server log' });
  await feed
    .getByRole('link')
    .filter({ hasText: `${PLACE}:1:1` })
    .click();
  await expect.poll(editor).toBe(`${join(root, PLACE)}:1:1\nx\n`);
  await feed.getByRole('link').filter({ hasText: OTHER }).click();
  await expect.poll(browser).toBe(`${OTHER}\n`);
  expect(complaints).toEqual([]);
});
