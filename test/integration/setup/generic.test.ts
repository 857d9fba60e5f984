/** A workspace like any other, on stable: set up by the same machinery, swapped, and taken back. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WayId } from '#shared/contract.ts';
import { startEngine } from '../../support/engine.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { setVersion } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { treeHash } from '../../support/treeHash.ts';

const CRATES = ['kernel', 'left', 'right', 'top'];
const TYPE = '\n[lib]\ncrate-type = ["dylib"]\n';

/** The diamond before anybody has thought of reloading. */
async function writePlain(root: string): Promise<void> {
  await writeDiamond(root);
  await rm(join(root, '.cargo'), { recursive: true });
  for (const crate of CRATES) {
    const file = join(root, crate, 'Cargo.toml');
    await writeFile(file, (await readFile(file, 'utf8')).replace(TYPE, ''));
  }
}

describe.each<WayId>(['flags', 'edits'])('on the way "%s"', (id) => {
  test('applied, built, swapped, taken back', async () => {
    const [root, data] = await Promise.all([temporaryFolder(), temporaryFolder()]);
    await writePlain(root);
    const client = startEngine(process.env, { data });
    onTestFinished(() => client.close());
    await client.open(root, { buildOnSave: false });
    const before = await treeHash(root);
    expect(client.session.mode).toMatchObject({
      name: 'static',
      reason: expect.stringContaining('one piece'),
    });

    const way = (await client.query('setup', {})).ways.find((each) => each.id === id);
    expect(way).toMatchObject({ done: false, refusals: [], proof: null });
    // Cargo confirms it before it is taken.
    const proof = { holds: true, text: 'cargo gives all 4 libraries -Cprefer-dynamic.' };
    const proofs = await client.query('setupProofs', {});
    expect(proofs).toHaveLength(2);
    expect(proofs).toContainEqual({ plan: way?.plan, proof });
    expect(await treeHash(root)).toBe(before);
    expect(await client.request('applySetup', { way: id, plan: way?.plan ?? '' })).toEqual({ ok: true });
    const report = await client.query('setup', {});
    expect(report).toMatchObject({ applied: { way: id }, toolchain: null });
    const done = report.ways.find((each) => each.id === id);
    expect(done?.done).toBe(true);
    expect(await client.query('setupProofs', {})).toContainEqual({ plan: done?.plan, proof });
    // Who does not build on saving is asked to.
    expect(client.session.notices).toMatchObject([{ kind: 'set-up', actions: ['build'] }]);

    expect(await client.request('start', {})).toEqual({ ok: true });
    await client.until('running', ({ server }) => server.name === 'running');
    await client.until('loaded', ({ modules }) => modules.top?.state === 'loaded');
    expect(client.session.mode).toEqual({ name: 'modules' });
    await setVersion(join(root, 'left'), '2');
    await client.until('the edit is seen', ({ edited }) => edited.length > 0);
    expect(await client.request('reload', {})).toEqual({ ok: true });
    const { lastReload } = await client.until('the verdict', ({ lastReload: last }) => last?.took != null);
    expect(lastReload).toMatchObject({ verdict: 'swapped', swapped: ['left', 'top'] });

    await setVersion(join(root, 'left'), '1');
    expect(await client.request('shutdown', {})).toEqual({ ok: true });
    expect(await client.request('revertSetup', { resolutions: {} })).toEqual({ ok: true });
    // cargo made the lock file when it first looked.
    expect(await treeHash(root)).toBe(before);
  });
});

test('on save it is built at once, also where no file changes', async () => {
  const [root, data] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  await writeDiamond(root);
  await rm(join(root, '.cargo'), { recursive: true });
  const client = startEngine(process.env, { data });
  onTestFinished(() => client.close());
  await client.open(root);
  const way = (await client.query('setup', {})).ways.find(({ id }) => id === 'flags');
  expect(way).toMatchObject({ files: [], lines: 0 });
  expect(await client.request('applySetup', { way: 'flags', plan: way?.plan ?? '' })).toEqual({ ok: true });
  await client.until('built', ({ build }) => build.name === 'ok');
  expect(client.session.mode).toEqual({ name: 'modules' });
});
