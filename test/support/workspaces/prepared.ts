/** What shapes start from: a built workspace with the host, in a way of its own; and what many of them do. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  copyBuiltHost,
  HOST_MODULES,
  type HostModule,
  type HostShape,
  setHost,
  writeHost,
} from '../fixtures/hosts/hosts.ts';
import { madeOnce } from '../madeOnce.ts';
import { answerOf, libraries, type Prepared, type Shape } from './shapes.ts';
import type { Stage } from './stage.ts';

export const READY = 'harbor is open';

/** What is gone for so long is seen to go, though the same file comes back to the same address. */
export const SEEN_MS = 250;

export const run = promisify(execFile);

export type Kind = keyof typeof HOST_MODULES;

/** The shape of a host that says when it serves and answers what its modules say. */
export const hostIn = (root: string, shape: HostShape = {}): HostShape => ({
  ready: READY,
  answer: answerOf(root),
  ...shape,
});

interface More {
  /** More for hotdeck.json. */
  settings?: object | ((root: string) => object);
  /** Changes the workspace before it is opened. */
  change?(root: string): Promise<void>;
  files?: Prepared['files'] | ((root: string) => Prepared['files']);
  env?: Prepared['env'] | ((root: string) => Prepared['env']);
}

const valueIn = <T>(value: T | ((root: string) => T), root: string): T =>
  typeof value === 'function' ? (value as (root: string) => T)(root) : value;

/** A built host of this kind. */
export const built =
  (kind: Kind, shape: HostShape | ((root: string) => HostShape) = {}, more: More = {}) =>
  async (root: string): Promise<Prepared> => {
    const settings = { ready: READY, ...valueIn(more.settings ?? {}, root) };
    await copyBuiltHost(root, kind, hostIn(root, valueIn(shape, root)), settings);
    await more.change?.(root);
    const env = valueIn(more.env, root);
    return {
      files: valueIn(more.files ?? libraries(...HOST_MODULES[kind].map(({ name }) => name)), root),
      ...(env === undefined ? {} : { env }),
    };
  };

/** A host and its modules that are not built, with hotdeck.json. */
export async function unbuilt(
  root: string,
  modules: readonly HostModule[],
  shape: HostShape = {},
  settings: object = {},
  options: Parameters<typeof writeHost>[2] = {},
): Promise<void> {
  await writeHost(root, modules, options);
  await setHost(root, modules, hostIn(root, shape), { ready: READY, ...settings });
}

export const TRIPLE = 'x86_64-unknown-linux-gnu';

/** The same workspace, built for a target by name: its files lie in a folder of that name. */
export async function copyTargeted(root: string): Promise<void> {
  const made = await madeOnce('host-plain-target', async (folder) => {
    await copyBuiltHost(folder, 'plain', {}, null);
    await run('cargo', ['build', '--workspace', '--quiet', '--target', TRIPLE], { cwd: folder });
  });
  await rm(join(root, 'target'), { recursive: true });
  await run('cp', ['-a', join(made, 'target'), root]);
}

export const DONE = 'Start, edit left, Reload';

/** Start, edit left, Reload: left is to be stale, then swapped, and the server the same. */
export const swapsLeft = async (stage: Stage): Promise<void> => {
  await stage.start();
  await stage.edit('left');
  await stage.until('left stale', ({ modules }) => modules.left?.state === 'stale');
  await stage.reload();
  await stage.until('left loaded', ({ modules }) => modules.left?.state === 'loaded');
};

export const shape = (
  name: string,
  prepare: Shape['prepare'],
  done: string = DONE,
  act: Shape['act'] = swapsLeft,
): Shape => ({ name, done, prepare, act });
