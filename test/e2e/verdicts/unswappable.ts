/** What a reload can't bring in, or brings in half: cores, symbols, torn builds, libraries that never go. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { breakRouter, linkLazily, tearBuild, useNewCoreSymbol } from '../../support/fixtures/sample.ts';
import { planText, serverPid, serverStatus, untilInState, untilStatus } from '../../support/window.ts';
import { ABOVE_API, ALL, append, type VerdictCase } from './case.ts';
import type { Stage } from './stage.ts';

const EVERYTHING = ['depot', 'depot_core', ...ALL];
const editCore = (stage: Stage) => stage.edit(() => append(stage, 'core'), EVERYTHING);
const takeNewSymbol = (stage: Stage, stale: readonly string[] = EVERYTHING) =>
  stage.edit(() => useNewCoreSymbol(stage.root), stale);

const buildScript = (root: string): string => join(root, 'api/build.rs');

/** Links the api of a copy so that it stays mapped until the process ends, whatever closes it. */
async function keepApiMapped(root: string): Promise<void> {
  const script = 'fn main() {\n    println!("cargo:rustc-link-arg=-Wl,-z,nodelete");\n}\n';
  await writeFile(buildScript(root), script);
}

/** Presses Reload, which asks first, and then a button of what it asks with. */
async function answerWith(stage: Stage, name: RegExp, words = /restart/i): Promise<void> {
  await stage.reload();
  const alert = await stage.untilAsked(words);
  await untilStatus(serverStatus(stage.window), 'running');
  await alert.getByRole('button', { name }).click();
}

const anyway = (stage: Stage): Promise<void> => answerWith(stage, /Reload anyway/);

async function restart(stage: Stage): Promise<void> {
  await answerWith(stage, /Restart/);
  await expect.poll(() => serverPid(stage.window), { timeout: 60_000 }).not.toBe(stage.pid);
  await untilStatus(serverStatus(stage.window), 'running');
  await untilInState(stage.window, 'stale', []);
}

async function tear(stage: Stage): Promise<void> {
  await stage.window.getByRole('switch', { name: 'Build on save' }).click();
  await tearBuild(stage.root);
  await untilInState(stage.window, 'stale', ['depot_api']);
  await expect.poll(() => planText(stage.window), { timeout: 60_000 }).toMatch(/rule does not reach it/);
}

export const unswappable: readonly VerdictCase[] = [
  {
    name: 'a new core',
    done: 'edit core, Reload, Restart',
    async act(stage) {
      await editCore(stage);
      await restart(stage);
    },
    verdict: null,
  },
  {
    name: 'a new core, against advice',
    done: 'edit core, Reload, Reload anyway',
    async act(stage) {
      await editCore(stage);
      await anyway(stage);
    },
    verdict: 'partial',
  },
  {
    name: 'a symbol that only the new core has',
    done: 'use it in api, Reload, Restart',
    async act(stage) {
      await takeNewSymbol(stage);
      await restart(stage);
    },
    verdict: null,
  },
  {
    name: 'a symbol that only the new core has, against advice',
    done: 'use it in api, Reload, Reload anyway',
    async act(stage) {
      await takeNewSymbol(stage);
      await anyway(stage);
    },
    verdict: 'crashed',
    async afterwards({ window }) {
      expect(await planText(window)).toContain('undefined symbol');
    },
  },
  {
    name: 'the same, looked up at the first call only',
    done: 'use it in api, Reload, Reload anyway, ask for a page',
    prepare: linkLazily,
    async act(stage) {
      // Linked lazily, the program comes out byte for byte as it was.
      await takeNewSymbol(stage, ['depot_core', ...ALL]);
      await anyway(stage);
    },
    verdict: 'partial',
    async afterwards({ window, url }) {
      await fetch(url).catch(() => {});
      await untilStatus(serverStatus(window), 'crashed');
      await window.getByRole('alert').filter({ hasText: 'depot_core::motto' }).waitFor();
    },
  },
  {
    name: 'a torn build, Ctrl+C',
    done: 'build api alone, Ctrl+C',
    async act(stage) {
      await tear(stage);
      await stage.interrupt();
    },
    verdict: 'nothing',
  },
  {
    name: 'a torn build, Reload',
    done: 'build api alone, Reload',
    async act(stage) {
      await tear(stage);
      await stage.reload();
    },
    verdict: 'swapped',
  },
  {
    name: 'a build that fails half-way',
    done: 'break router, Reload',
    async act(stage) {
      await breakRouter(stage.root);
      await untilStatus(stage.window.getByLabel('Build status', { exact: true }), 'failed');
      await stage.reload();
      await stage.untilAsked(/server was left alone/);
    },
    verdict: null,
  },
  {
    name: 'api is linked NODELETE',
    done: 'edit api, Reload, Restart',
    prepare: keepApiMapped,
    async act(stage) {
      await stage.edit(() => append(stage, 'api'), ABOVE_API);
      await restart(stage);
    },
    verdict: null,
  },
  {
    name: 'api is linked NODELETE, against advice',
    done: 'edit api, Reload, Reload anyway',
    prepare: keepApiMapped,
    async act(stage) {
      await stage.edit(() => append(stage, 'api'), ABOVE_API);
      await anyway(stage);
    },
    verdict: 'partial',
    async afterwards({ window }) {
      expect(await planText(window)).toContain('api still runs the old code: what is new takes a restart');
    },
  },
  {
    name: 'the api that runs is linked NODELETE, the new one is not; against advice',
    done: 'mend api, Reload, Reload anyway',
    prepare: keepApiMapped,
    async act(stage) {
      // The code of admin and router comes out as it was: their files are new, they are not stale.
      await stage.edit(() => writeFile(buildScript(stage.root), 'fn main() {}\n'), ['depot_api']);
      await anyway(stage);
    },
    verdict: 'stuck',
  },
];
