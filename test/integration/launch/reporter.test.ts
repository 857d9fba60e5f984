import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkoutRoot } from '../../../main/launch/checkout.ts';
import { lastLine, runCommand } from '../../../main/launch/runCommand.ts';
import { temporaryFolder } from '../../support/folders.ts';

const root = checkoutRoot();

/** Runs Vitest on these files, in a project of their own; gives its exit and the last line it printed. */
async function run(files: Readonly<Record<string, string>>): Promise<{ ok: boolean; last: string }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'tests'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const options = {
    globals: true,
    include: ['tests/*.js'],
    globalSetup: 'setup.js' in files ? ['setup.js'] : [],
  };
  const reporters = ['default', join(root, 'test', 'support', 'reporter.ts')];
  const config = { root: folder, test: { ...options, reporters } };
  await writeFile(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const ran = await runCommand(process.execPath, [vitest, 'run', '--root', folder], { cwd: folder });
  return { ok: ran.ok, last: lastLine(ran.stdout) };
}

describe('the last line of a test run', () => {
  it('counts tests over all files; skipped ones count as nothing', async () => {
    const files = {
      'tests/a.js': "test('one', () => {}); test('two', () => {}); test.skip('later', () => {});",
      'tests/b.js': "describe('in a suite', () => { test('three', () => {}); test.todo('four'); });",
    };
    expect(await run(files)).toEqual({ ok: true, last: '3 passed, 0 failed' });
  });

  it('counts as failed what kept tests from running', async () => {
    const files = {
      'tests/fails.js': "test('one', () => {}); test('two', () => { throw new Error('no'); });",
      'tests/unloadable.js': "import './missing.js'; test('three', () => {});",
      'tests/hook.js':
        "describe('s', () => { beforeAll(() => { throw new Error('no'); }); test('four', () => {}); });",
      'tests/unhandled.js': "test('five', () => { Promise.reject(new Error('no')); });",
    };
    expect(await run(files)).toEqual({ ok: false, last: '2 passed, 4 failed' });
  });

  it('is there even if the setup fails', async () => {
    const files = {
      'setup.js': "export default () => { throw new Error('no'); };",
      'tests/a.js': "test('one', () => {});",
    };
    expect(await run(files)).toEqual({ ok: false, last: '0 passed, 1 failed' });
  });

  it('reports a run without tests', async () => {
    expect(await run({})).toEqual({ ok: false, last: '0 passed, 1 failed' });
  });
});
