/** What the command line prints without a server. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { writeHarbor } from '../../support/fixtures/harbor.ts';
import { copySample } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { hotdeck } from '../../support/hotdeck.ts';

async function sample(): Promise<string> {
  const root = await temporaryFolder();
  await copySample(root);
  return root;
}

test('graph --json prints roles, needs and waves', async () => {
  const { code, stdout } = await hotdeck('graph', await sample(), '--json');
  expect(code).toBe(0);
  const graph = JSON.parse(stdout);
  expect(graph).toMatchObject({
    rule: 'stack',
    order: ['depot_database', 'depot_service', 'depot_api', 'depot_admin', 'depot_router'],
  });
  expect(graph.modules).toContainEqual({
    name: 'depot_api',
    role: 'module',
    needs: ['depot_core', 'depot_database', 'depot_service'],
    externals: ['std'],
    wave: 3,
  });
  expect(graph.modules).toContainEqual(
    expect.objectContaining({ name: 'depot', role: 'executable', needs: ['depot_core'], wave: null }),
  );
});

test('plan --json prints both lists under the rule of the workspace', async () => {
  const root = await sample();
  const { code, stdout } = await hotdeck('plan', root, '--changed', 'depot_api', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    rule: 'stack',
    unload: ['depot_router', 'depot_admin', 'depot_api'],
    load: ['depot_api', 'depot_admin', 'depot_router'],
    restart: [],
    reasons: { depot_router: expect.stringContaining('api') },
  });
  const core = JSON.parse((await hotdeck('plan', root, '--changed', 'core', '--json')).stdout);
  expect(core.restart).toEqual(['depot_core', 'depot']);
});

test('plan --rule takes another rule', async () => {
  const root = await temporaryFolder();
  await writeDiamond(root);
  const planned = async (rule: string) =>
    JSON.parse((await hotdeck('plan', root, '--changed', 'left', '--rule', rule, '--json')).stdout);
  expect(await planned('dependents')).toMatchObject({ unload: ['top', 'left'], leftBehind: [] });
  expect(await planned('stack')).toMatchObject({ unload: ['top'], leftBehind: ['left'] });
});

test('for people there are lines', async () => {
  const root = await sample();
  expect((await hotdeck('graph', root)).stdout).toMatch(/^pinned +wave 0 +depot_core/m);
  expect((await hotdeck('plan', root, '--changed', 'router')).stdout).toContain('Unload\n  1 depot_router');
});

test('help is given wherever it is asked for', async () => {
  const { code, stdout } = await hotdeck('help');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('hotdeck history WORKSPACE') });
  for (const args of [['--help'], ['-h'], ['history', '--help'], ['plan', '-h', '.']])
    expect({ args, ...(await hotdeck(...args)) }).toMatchObject({ args, code: 0, stdout, stderr: '' });
  expect(await hotdeck('graph', '--', '--help')).toMatchObject({ code: 1, stdout: '' });
});

test('bad use exits with 2, a workspace that cannot be read with 1', async () => {
  const root = await sample();
  for (const args of [
    ['plan', root],
    ['graph'],
    ['plan', root, '--changed', 'nobody'],
    ['--nonsense'],
    ['graph', root, '--yaml'],
  ]) {
    const { code, stdout, stderr } = await hotdeck(...args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toContain('Usage:');
  }
  const nobody = await hotdeck('plan', root, '--changed', 'nobody');
  expect(nobody.stderr).toContain("nobody isn't a package that this workspace builds for the server.");
  expect((await hotdeck('plan', root, '--changed', 'api')).stderr).toBe('');
  const { code, stderr } = await hotdeck('graph', join(root, 'nowhere'));
  expect(code).toBe(1);
  expect(stderr).toContain('There is no folder');
});

test('of several programs --program says which is the server; without it, they are named', async () => {
  const root = await temporaryFolder();
  const data = await temporaryFolder();
  const bins = ['quay', 'pier'].map((name) => `\n[[bin]]\nname = "${name}"\npath = "src/main.rs"\n`);
  await writeHarbor(root, { plain: true, manifest: bins.join('') });
  const none = await hotdeck('graph', root, '--data', data);
  expect(none).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toContain('--program NAME');
  const one = await hotdeck('graph', root, '--data', data, '--program', 'harbor/pier', '--json');
  expect(JSON.parse(one.stdout).program).toEqual({
    ...{ package: 'harbor', binary: 'pier', file: join(root, 'target/debug/pier') },
  });
  const other = await hotdeck('graph', root, '--data', data, '--program', 'ferry');
  expect(other.stderr).toContain('The programs are: harbor/pier, harbor/quay.');
});
