/** `hotdeck check`: what is wrong with libraries on disk, and what a reload of a running server would meet. */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { CheckSchema, FindingSchema, MovesSchema } from '#shared/contract.ts';
import { builtSample, startDepot } from '../../support/fixtures/depot.ts';
import { writeDiamond } from '../../support/fixtures/diamond.ts';
import { build, startProgram } from '../../support/fixtures/program.ts';
import {
  copySample,
  linkLazily,
  setGreeting,
  tearBuild,
  useNewCoreSymbol,
} from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { hotdeck } from '../../support/hotdeck.ts';

const PrintedSchema = z.strictObject({
  workspace: z.string(),
  pid: z.number().nullable(),
  checks: z.array(CheckSchema),
  findings: z.array(FindingSchema),
  plan: MovesSchema.optional(),
});

/** What `check --json` prints. Its exit code tells whether there are findings. */
async function check(root: string, pid: number | null = null): Promise<z.infer<typeof PrintedSchema>> {
  const { code, stdout, stderr } = await hotdeck(
    'check',
    root,
    ...(pid === null ? [] : ['--pid', String(pid)]),
    '--json',
  );
  expect(stderr).toBe('');
  const printed = PrintedSchema.parse(JSON.parse(stdout));
  expect(printed.pid).toBe(pid);
  expect(printed.checks.filter(({ state }) => state === 'problem')).toEqual([]);
  expect(code).toBe(printed.findings.length === 0 ? 0 : 1);
  return printed;
}

const inShort = ({ findings }: z.infer<typeof PrintedSchema>): string[] =>
  findings.map(({ severity, kind, module }) => `${severity} ${kind} ${module}`);

const library = (root: string, module: string): string => join(root, `target/debug/libdepot_${module}.so`);

describe('without a server', () => {
  test('a workspace whose libraries fit together', async () => {
    const root = await builtSample();
    const printed = await check(root);
    expect(printed).toMatchObject({ workspace: expect.any(String), pid: null, findings: [] });
    expect(printed).not.toHaveProperty('plan');
    expect(await hotdeck('check', root)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/: no problems found in the libraries\.\n$/),
    });
  });

  test('one that was never built', async () => {
    const root = await temporaryFolder();
    await copySample(root);
    const printed = await check(root);
    expect(inShort(printed)).toHaveLength(7);
    expect(
      new Set(printed.findings.map(({ severity, kind, remedy }) => `${severity} ${kind} ${remedy}`)),
    ).toEqual(new Set(['warning unbuilt rebuild']));
  });

  test('a build that stopped half-way', async () => {
    const root = await builtSample();
    await tearBuild(root);
    expect(inShort(await check(root))).toEqual(['warning torn depot_admin', 'warning torn depot_router']);
  });

  test('a library that was cut off, wherever that is', async () => {
    const root = await builtSample();
    const file = library(root, 'router');
    const whole = await readFile(file);
    for (const length of [whole.length - 100, whole.length / 2, 30_000, 10, 0]) {
      await writeFile(file, whole.subarray(0, length));
      const printed = await check(root);
      expect({ length, found: inShort(printed) }).toEqual({
        length,
        found: ['blocking unreadable depot_router'],
      });
      expect(printed.findings[0]).toMatchObject({ remedy: 'rebuild' });
    }
  });

  test('a library that is gone', async () => {
    const root = await builtSample();
    await rm(library(root, 'service'));
    expect(inShort(await check(root))).toEqual(['warning unbuilt depot_service']);
  });

  test('a module that is linked NODELETE', async () => {
    const root = await builtSample(nodelete);
    const printed = await check(root);
    expect(inShort(printed)).toEqual(['warning cannot-unload depot_api']);
    expect(printed.findings[0]?.message).toContain('api stays until the server ends');
  });
});

describe('with a server that runs', () => {
  test('nothing stale: no finding and no moves; edited: moves, and still no finding', async () => {
    const root = await builtSample();
    const { depot } = await startDepot(root);
    expect(await check(root, depot.pid)).toMatchObject({ findings: [], plan: { unload: [], restart: [] } });
    await setGreeting(root, 'api', 'Edited');
    await build(root);
    expect(await check(root, depot.pid)).toMatchObject({
      findings: [],
      plan: { rule: 'stack', unload: ['depot_router', 'depot_admin', 'depot_api'], leftBehind: [] },
    });
    expect((await hotdeck('check', root, '--pid', String(depot.pid))).stdout).toContain(
      'Unload\n  1 depot_router',
    );
  });

  test('a symbol that its core does not have', async () => {
    const root = await builtSample();
    const { depot } = await startDepot(root);
    await useNewCoreSymbol(root);
    await build(root);
    expect(inShort(await check(root))).toEqual([]);
    const printed = await check(root, depot.pid);
    expect(inShort(printed)).toEqual([
      'blocking undefined-symbol depot_api',
      'warning restart-needed depot',
      'warning restart-needed depot_core',
    ]);
    expect(printed.findings[0]).toMatchObject({
      remedy: 'restart',
      details: ['depot_core::motto'],
      message: expect.stringMatching(/^api needs depot_core::motto, .* Loading it would fail\. The new core/),
    });
    const { stdout, code } = await hotdeck('check', root, '--pid', String(depot.pid));
    expect(code).toBe(1);
    expect(stdout).toContain('blocking: depot_api\n  api needs depot_core::motto');
    expect(stdout).toContain('What to do: restart the server.');
    // It was right: this is what the server then does.
    depot.signal('SIGINT');
    expect(await depot.exited).toMatchObject({ code: 1 });
    expect(depot.output()).toMatch(/undefined symbol: \S*motto/);
  });

  test('the same where symbols are looked up late', async () => {
    const root = await builtSample(linkLazily);
    const { depot } = await startDepot(root);
    expect(inShort(await check(root, depot.pid))).toEqual([]);
    await useNewCoreSymbol(root);
    await build(root);
    const [first] = (await check(root, depot.pid)).findings;
    expect(first).toMatchObject({ severity: 'blocking', kind: 'undefined-symbol', module: 'depot_api' });
    expect(first?.message).toContain('die at the first use');
  });

  test('a torn build: what it would leave behind', async () => {
    const root = await builtSample();
    const { depot } = await startDepot(root);
    await tearBuild(root);
    const printed = await check(root, depot.pid);
    expect(inShort(printed)).toEqual([
      'warning torn depot_admin',
      'warning torn depot_router',
      'warning left-behind depot_api',
    ]);
    expect(printed.plan).toMatchObject({ unload: [], leftBehind: ['depot_api'] });
  });

  test('a module that will not go', async () => {
    const modules = ['database', 'service', 'api', 'admin', 'router'].map((name) => `depot_${name}`);
    const root = await builtSample(async (dir) => {
      await nodelete(dir);
      await writeFile(join(dir, 'hotdeck.json'), JSON.stringify({ rule: 'stack', modules }));
    });
    const { depot } = await startDepot(root);
    expect(inShort(await check(root, depot.pid))).toEqual([]);
    await setGreeting(root, 'service', 'Edited');
    await build(root);
    expect(inShort(await check(root, depot.pid))).toEqual([
      'blocking cannot-unload depot_api',
      'blocking cannot-unload depot_service',
    ]);
  });

  test('a library that is to be loaded and is not there, or is cut off', async () => {
    const root = await builtSample();
    const { depot } = await startDepot(root);
    await rm(library(root, 'router'));
    expect(inShort(await check(root, depot.pid))).toEqual(['blocking unbuilt depot_router']);
    await writeFile(library(root, 'router'), 'no library');
    expect(inShort(await check(root, depot.pid))).toEqual(['blocking unreadable depot_router']);
  });

  test('under the rule of the workspace', async () => {
    const root = await temporaryFolder();
    await writeDiamond(root);
    await build(root);
    const program = await startProgram(root, 'app');
    await program.next(/ready/);
    expect(await check(root, program.pid)).toMatchObject({ findings: [], plan: { rule: 'dependents' } });
  });
});

describe('a process that it can say nothing about', () => {
  test('one that is none, and one that runs something else', async () => {
    const root = await builtSample();
    const none = await hotdeck('check', root, '--pid', '4194304');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('There is no process 4194304.');
    const parent = spawn('sh', ['-c', 'true & exec sleep 60'], { stdio: 'ignore' });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const ended = await zombieOf(parent.pid ?? 0);
    const zombie = await hotdeck('check', root, '--pid', String(ended));
    expect(zombie).toMatchObject({ code: 1, stdout: '' });
    expect(zombie.stderr).toContain(`Process ${ended} has no memory maps: it has ended,`);
    expect(zombie.stderr).not.toContain('There is no process');
    const other = await hotdeck('check', root, '--pid', String(process.pid), '--json');
    expect(other).toMatchObject({ code: 1, stdout: '' });
    expect(other.stderr).toContain(
      `Process ${process.pid} runs ${process.execPath}, not ${root}/target/debug/depot.`,
    );
  });

  test('bad use exits with 2', async () => {
    const root = await temporaryFolder();
    await copySample(root);
    for (const args of [
      [root, '--pid', 'abc'],
      [root, '--pid', '0'],
      [root, '--pid', '1e3'],
      [root, '--pid', '99999999999'],
      [root, '--pid'],
      [root, '--pod', '1'],
      [root, root],
      [],
    ]) {
      const { code, stdout, stderr } = await hotdeck('check', ...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toContain('Usage:');
    }
    expect(await hotdeck('check', join(root, 'nowhere'))).toMatchObject({ code: 1 });
  });
});

/** A child of a process that has ended, and that the process never asks about. */
async function zombieOf(parent: number): Promise<number> {
  return vi.waitFor(
    async () => {
      for (const child of (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8'))
        .trim()
        .split(' ')) {
        if (/\) Z /.test(await readFile(`/proc/${child}/stat`, 'utf8'))) return Number(child);
      }
      throw new Error('no child has ended yet');
    },
    { timeout: 20_000 },
  );
}

/** Links api NODELETE, as a build script can. */
const nodelete = (dir: string): Promise<void> =>
  writeFile(
    join(dir, 'api/build.rs'),
    'fn main() {\n    println!("cargo:rustc-link-arg=-Wl,-z,nodelete");\n}\n',
  );
