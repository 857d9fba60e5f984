/**
 * Places and links of a log, followed to the end: to the arguments of an editor and of a browser. These two are the only
 * programs here that are made up: scripts that write down what they are given.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogStore } from '../../main/engine/logs/store/logStore.ts';
import { workspaceId } from '../../main/engine/session/workspaceId.ts';
import { launchApp } from '../support/app.ts';
import { sampleBuiltOnce } from '../support/fixtures/builtSample.ts';
import { temporaryFolder } from '../support/folders.ts';

const builtSample = sampleBuiltOnce();
const PLACE = 'api/src/lib.rs';
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

test('a place in the log opens the editor there, a link the browser', async () => {
  const [root, userData, bin] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  await builtSample(root);
  await mkdir(bin, { recursive: true });
  const [editor, browser] = [await program(bin, 'an-editor'), await program(bin, 'xdg-open')];
  const settings = JSON.parse(await readFile(join(root, 'hotdeck.json'), 'utf8'));
  const command = [join(bin, 'an-editor'), '{file}:{line}:{column}', 'x'];
  await writeFile(join(root, 'hotdeck.json'), JSON.stringify({ ...settings, editor: command }));
  await storeRun(userData, root, `panicked at ${PLACE}:2:5 today\r\nsee ${LINK} for more\r\n`);
  const { window, complaints, close } = await launchApp({
    workspace: root,
    userData,
    env: { PATH: `${bin}:${process.env.PATH}` },
  });
  onTestFinished(close);
  await window.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Log', exact: true }).click();
  const feed = window.getByRole('feed', { name: 'Server log' });
  await feed
    .getByRole('link')
    .filter({ hasText: `${PLACE}:2:5` })
    .click();
  await expect.poll(editor).toBe(`${join(root, PLACE)}:2:5\nx\n`);
  await feed.getByRole('link').filter({ hasText: LINK }).click();
  await expect.poll(browser).toBe(`${LINK}\n`);
  expect(complaints).toEqual([]);
});
