/** A server that writes into its own sources whenever it was reloaded, so that each build sets off the next one. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { BuildRecord, EditRecord } from '#shared/contract.ts';
import { HistoryStore } from '../../main/engine/history/historyStore.ts';
import { workspaceId } from '../../main/engine/workspace/workspaceId.ts';
import { evidence, launchApp } from '../support/app.ts';
import { writeDiamond } from '../support/fixtures/diamond.ts';
import { editFile, setVersion } from '../support/fixtures/files.ts';
import { build } from '../support/fixtures/program.ts';
import { temporaryFolder } from '../support/folders.ts';
import { buildStatus, button, serverStatus, untilStatus } from '../support/window.ts';

const STAMP = 'top/src/stamp.rs';
const PATIENT = { timeout: 90_000 };

/** When it is loaded, `top` writes a source of its own, as long as there is a file `feed` beside it. */
const WRITES = `pub fn top_version() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    if std::path::Path::new(&format!("{folder}feed")).exists() {
        let text = format!("pub const STAMP: u128 = {};\\n", now.as_nanos());
        std::fs::write(format!("{folder}src/stamp.rs"), text).unwrap();
    }
`;

async function writeWorkspace(root: string): Promise<void> {
  await writeDiamond(root);
  await editFile(join(root, 'top/src/lib.rs'), 'pub fn top_version() -> String {\n', WRITES);
  await editFile(join(root, 'top/src/lib.rs'), '#[no_mangle]', 'pub mod stamp;\n\n#[no_mangle]');
  await writeFile(join(root, STAMP), 'pub const STAMP: u128 = 0;\n');
  await writeFile(join(root, 'top/feed'), '');
  await build(root);
}

/** What was recorded of edits and builds, in order. */
async function recorded(data: string, root: string): Promise<{ builds: BuildRecord[]; edits: EditRecord[] }> {
  const store = new HistoryStore({ data, workspace: workspaceId(root), onFailure: () => {} });
  const builds: BuildRecord[] = [];
  const edits: EditRecord[] = [];
  for await (const { record } of store.records()) {
    if (record.kind === 'build') builds.push(record);
    else if (record.kind === 'edit') edits.push(record);
  }
  await store.close();
  return { builds, edits };
}

const notice = (window: Page): Locator =>
  window.getByRole('alert').filter({ hasText: 'Building on save is suspended' });
const suspended = (window: Page): Locator => buildStatus(window).getByText('on save suspended');

test('is stopped, with the file by its name; other files build, and so does this one once it is resumed', async () => {
  const [root, data] = [await temporaryFolder(), await temporaryFolder()];
  await writeWorkspace(root);
  const { window, close } = await launchApp({ workspace: root, userData: data });
  onTestFinished(close);
  await window.getByRole('switch', { name: 'Reload after build' }).click();
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');

  await notice(window).waitFor(PATIENT);
  const text = (await notice(window).textContent()) ?? '';
  expect(text).toContain(`suspended for ${STAMP}: `);
  expect(text).toContain('the server');
  await suspended(window).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    await evidence(window, `loop-${colorScheme}`);
  }
  await untilStatus(buildStatus(window), 'ok');
  const before = await recorded(data, root);
  expect(before.builds.length).toBeLessThan(10);

  // The notice may be put away; that it is suspended stays in sight.
  await rm(join(root, 'top/feed'));
  await notice(window).getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(() => notice(window).count()).toBe(0);
  await suspended(window).waitFor();

  // What is suspended builds nothing when it is saved, and goes into the build of another file.
  await writeFile(join(root, STAMP), 'pub const STAMP: u128 = 1;\n');
  const saves = async () => (await recorded(data, root)).edits.length;
  await expect.poll(saves, PATIENT).toBeGreaterThan(before.edits.length);
  await setVersion(join(root, 'right'), 'two');
  const since = async () => (await recorded(data, root)).builds.slice(before.builds.length);
  await expect.poll(async () => (await since()).length, PATIENT).toBeGreaterThan(0);
  expect((await since()).map(({ trigger, outcome }) => [trigger.text, outcome])).toEqual([
    ['right/src/lib.rs', 'ok'],
  ]);

  // Resumed, it builds for it, too.
  await suspended(window).click();
  await expect.poll(() => suspended(window).count()).toBe(0);
  await writeFile(join(root, STAMP), 'pub const STAMP: u128 = 2;\n');
  await expect
    .poll(
      async () => (await since()).some(({ trigger }) => trigger.kind === 'edit' && trigger.text === STAMP),
      PATIENT,
    )
    .toBe(true);
  await untilStatus(buildStatus(window), 'ok');
  expect(await notice(window).count()).toBe(0);
  expect(await readFile(join(root, STAMP), 'utf8')).toBe('pub const STAMP: u128 = 2;\n');
});
