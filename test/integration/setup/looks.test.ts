/** What looking at a workspace sets off: which programs run, what is downloaded, and whether it is up to date. */
import { appendFile, chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { userEnvironment } from '../../../main/engine/environment.ts';
import { run } from '../../../main/engine/run.ts';
import { findProgram } from '../../../main/engine/rust/onPath.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function open(root: string, env: NodeJS.ProcessEnv): Promise<EngineClient> {
  const client = startEngine(env, { data: await temporaryFolder() });
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  return client;
}

/** A cargo that writes down what it is asked. */
async function watchedCargo(): Promise<{ env: NodeJS.ProcessEnv; asked(): Promise<string[]> }> {
  const bin = await temporaryFolder();
  const log = join(bin, 'asked');
  const cargo = await findProgram('cargo', { cwd: '/', env: userEnvironment(process.env) });
  await writeFile(log, '');
  await writeFile(join(bin, 'cargo'), `#!/bin/sh\necho "$1" >> '${log}'\nexec '${cargo}' "$@"\n`);
  await chmod(join(bin, 'cargo'), 0o755);
  const asked = async (): Promise<string[]> =>
    (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
  return { env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) }, asked };
}

describe('a workspace that is open', () => {
  test('is checked and reported on without cargo, which only the proofs need', async () => {
    const root = await temporaryFolder();
    await writeDiamond(root);
    const { env, asked } = await watchedCargo();
    const client = await open(root, env);
    const before = await asked();
    expect(before).toContain('metadata');
    const checks = await client.query('setupChecks', {});
    const report = await client.query('setup', {});
    expect(checks.map(({ id }) => id)).toEqual(report.checks.map(({ id }) => id));
    expect(await asked()).toEqual(before);
    expect(await client.query('setupProofs', {})).toHaveLength(report.ways.length);
    expect((await asked()).length).toBeGreaterThan(before.length);
  });

  test('whose manifest was broken since is reported on as it is now', async () => {
    const root = await temporaryFolder();
    await writeDiamond(root);
    const client = await open(root, process.env);
    const problems = async (): Promise<string> =>
      JSON.stringify((await client.query('setupChecks', {})).filter(({ state }) => state === 'problem'));
    expect(await problems()).not.toContain('left/Cargo.toml');
    const whole = await readFile(join(root, 'left/Cargo.toml'));
    await appendFile(join(root, 'left/Cargo.toml'), 'no manifest at all\n');
    await client.until('it is told', ({ notices }) => notices.some(({ kind }) => kind === 'workspace'));
    expect(await problems()).toContain('left/Cargo.toml');
    await writeFile(join(root, 'left/Cargo.toml'), whole);
    await client.until('mended', ({ notices }) => notices.every(({ kind }) => kind !== 'workspace'));
    expect(await problems()).not.toContain('left/Cargo.toml');
  });
});

test('a toolchain that is not installed is not downloaded by looking', async () => {
  const root = await temporaryFolder();
  await writeDiamond(root);
  await writeFile(join(root, 'rust-toolchain.toml'), '[toolchain]\nchannel = "1.7.0"\n');
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    RUSTUP_DIST_SERVER: `http://127.0.0.1:${port}`,
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
  };
  delete env.RUSTUP_AUTO_INSTALL;
  delete env.RUSTUP_TOOLCHAIN;
  const client = await open(root, env);
  expect(client.state).toMatchObject({
    name: 'failed',
    failure: {
      kind: 'no-toolchain',
      message: 'The toolchain 1.7.0, which is selected here, is not installed.',
      remedy: expect.stringContaining('`rustup toolchain install 1.7.0`'),
    },
  });
  const checks = await client.query('setupChecks', {});
  expect(checks.find(({ id }) => id === 'toolchain')).toMatchObject({ state: 'problem' });
  await client.query('setup', {});
  expect((await client.query('setupProofs', {})).map(({ proof }) => proof)).toEqual([null, null]);
  expect(connections).toBe(0);
  // Asked without care, rustup would have begun to.
  await run('rustc', ['--version'], { cwd: root, env: userEnvironment(env) });
  expect(connections).toBeGreaterThan(0);
});
