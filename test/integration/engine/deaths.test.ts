/** Servers that die: what is told about it, when it comes late, and what they leave behind. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SessionState } from '#shared/contract.ts';
import { type EngineClient, runningPid, startEngine } from '../../support/engine.ts';
import { startEngineChild } from '../../support/engineChild.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { editFile } from '../../support/fixtures/files.ts';
import { copySample, linkLazily, useNewCoreSymbol } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function run(client: EngineClient, root: string, auto = {}): Promise<void> {
  onTestFinished(() => client.close());
  await client.open(root, auto);
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
}

const crashed = ({ server }: SessionState): boolean => server.name === 'crashed';

test('a function that is missed long after a reload that was swapped: which reload, which function, and why', async () => {
  const root = await temporaryFolder();
  await copySample(root);
  await linkLazily(root);
  const client = startEngine();
  await run(client, root, { buildOnSave: false });
  const [, address] = await client.untilText('server', /Listening on \[(.+?)\]/);
  await useNewCoreSymbol(root);
  await client.until('the edits are seen', ({ edited }) => edited.length === 2);
  await client.request('reload', {});
  await client.request('reload', { anyway: true });
  const { lastReload } = await client.until('the verdict', (session) => session.lastReload?.took != null);
  expect(lastReload).toMatchObject({ verdict: 'partial', number: 1 });
  await client.until('running again', ({ server }) => server.name === 'running');

  await expect(fetch(`http://${address}/`)).rejects.toThrow();
  const { server, notices } = await client.until('crashed', crashed);
  expect(server).toMatchObject({ code: 127 });
  const notice = notices.find(({ kind }) => kind === 'late-undefined-symbol');
  expect(notice).toMatchObject({ severity: 'error', actions: ['start'] });
  expect(notice?.message).toMatch(
    /^The server died \d+(\.\d)? m?s after reload 1, which had brought in new modules/,
  );
  expect(notice?.message).toContain('depot_api called depot_core::motto,');
  expect(notice?.message).toContain('built against the core on disk');

  // The remedy is right.
  await client.request('start', {});
  const again = await client.until('running', (session) => session.server.name === 'running');
  expect(again.notices).toEqual([]);
  const [, next] = await client.untilText('server', /lookup error[\s\S]*Listening on \[(.+?)\]/);
  expect(await (await fetch(`http://${next}/`)).text()).toContain('Nothing is lost');
});

describe('a core file', () => {
  /** Where the kernel writes one here: beside the program, as long as nobody set it up otherwise. */
  async function runDiamond(): Promise<{ client: EngineClient; root: string; isBeside: boolean }> {
    const root = await temporaryFolder();
    await writeDiamond(root);
    const client = await startEngineChild(['sh', '-c', 'ulimit -c unlimited; exec "$@"', 'sh']);
    await run(client, root);
    const pattern = await readFile('/proc/sys/kernel/core_pattern', 'utf8');
    return { client, root, isBeside: !/^[|@]|\//.test(pattern) };
  }

  test('of a crash during a reload is found', async () => {
    const { client, root, isBeside } = await runDiamond();
    await editFile(
      join(root, 'left/src/lib.rs'),
      'left_version() -> String {\n',
      'left_version() -> String {\n    std::process::abort();\n',
    );
    await client.until('stale', ({ plan, build }) => build.name === 'ok' && plan.unload.length === 2);
    await client.request('reload', {});
    const { lastReload } = await client.until('crashed', crashed);
    expect(lastReload).toMatchObject({ verdict: 'crashed' });
    expect(lastReload?.message).toContain('SIGABRT');
    const file = lastReload?.coreFile ?? null;
    // Another setup may put it out of reach: then there is nothing, but never the path of what is not there.
    if (isBeside) expect(file).toMatch(new RegExp(`^${root}/`));
    if (file !== null) expect((await stat(file)).size).toBeGreaterThan(10_000);
  });

  test('of any other crash is named in the notice', async () => {
    const { client, root, isBeside } = await runDiamond();
    process.kill(runningPid(client.session), 'SIGABRT');
    const { notices } = await client.until('crashed', crashed);
    expect(notices).toMatchObject([{ kind: 'crashed' }]);
    const file = /Core file: (.+)$/.exec(notices[0]?.remedy ?? '')?.[1];
    if (isBeside) expect(file).toMatch(new RegExp(`^${root}/`));
    if (file !== undefined) expect((await stat(file)).size).toBeGreaterThan(10_000);
  });
});
