import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LogFact } from '../../../../main/engine/families/logEvent.ts';
import { readArtifactNow } from '../../../../main/engine/process/artifacts.ts';
import type { Image } from '../../../../main/engine/process/images.ts';
import { crateOf, LogInferredImages } from '../../../../main/engine/process/logInferredImages.ts';
import {
  hasReloaded,
  isSameView,
  type Snapshot,
} from '../../../../main/engine/session/modules/serverImages.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const image = (inode: string, pid: number): Image => ({
  device: 'd',
  inode,
  pid,
  path: '/x',
  deleted: false,
  address: '0-1',
});

const copied = (inode: string, pid: number): Image => ({
  ...image(inode, pid),
  copy: { path: `/x-${inode}`, number: Number(inode) },
});

function view(images: Image[], programs: Record<number, string>): Snapshot {
  const entries = Object.entries(programs).map(([pid, program]) => [Number(pid), program] as const);
  const mapped = new Map([['m', images]]);
  return { mapped, libraries: [], programs: new Map(entries), server: 1, hidden: [], blind: null };
}

test.each<[string, boolean, Snapshot, Snapshot]>([
  ['the same', false, view([image('7', 1)], { 1: 'p' }), view([image('7', 1)], { 1: 'p' })],
  ['another image', true, view([image('7', 1)], { 1: 'p' }), view([image('8', 1)], { 1: 'p' })],
  [
    'a second image beside it',
    false,
    view([image('7', 1)], { 1: 'p' }),
    view([image('7', 1), image('8', 1)], { 1: 'p' }),
  ],
  [
    'another copy beside it',
    true,
    view([copied('7', 1)], { 1: 'p' }),
    view([copied('7', 1), copied('8', 1)], { 1: 'p' }),
  ],
  [
    'the same file with other code',
    true,
    view([{ ...copied('7', 1), code: 'a' }], { 1: 'p' }),
    view([{ ...copied('7', 1), code: 'b' }], { 1: 'p' }),
  ],
  [
    'the same file whose code is known now',
    false,
    view([copied('7', 1)], { 1: 'p' }),
    view([{ ...copied('7', 1), code: 'b' }], { 1: 'p' }),
  ],
  [
    'a child that ended',
    false,
    view([image('8', 1), image('7', 2)], { 1: 'p', 2: 'p' }),
    view([image('8', 1)], { 1: 'p' }),
  ],
  [
    'a child that became another program',
    false,
    view([image('8', 1), image('8', 2)], { 1: 'p', 2: 'p' }),
    view([image('8', 1)], { 1: 'p', 2: 'q' }),
  ],
  [
    'a child that let go itself',
    true,
    view([image('8', 1), image('7', 2)], { 1: 'p', 2: 'p' }),
    view([image('8', 1)], { 1: 'p', 2: 'p' }),
  ],
  [
    'a server while its child keeps the image',
    true,
    view([image('7', 1), image('7', 2)], { 1: 'p', 2: 'p' }),
    view([image('8', 1), image('7', 2)], { 1: 'p', 2: 'p' }),
  ],
])('%s: a reload is %s', (_, moved, before, now) => {
  expect(hasReloaded(before, now, ['m'])).toBe(moved);
  expect(hasReloaded(before, now, [])).toBe(false);
});

test('a view differs by what is mapped where, and by whether it was seen', () => {
  const one = view([image('7', 1)], { 1: 'p' });
  expect(isSameView(one, view([image('7', 1)], { 1: 'p', 2: 'q' }))).toBe(true);
  expect(isSameView(one, view([image('7', 2)], { 1: 'p' }))).toBe(false);
  expect(isSameView(one, { ...one, blind: { kind: 'refused', code: 'EACCES' } })).toBe(false);
});

test('a library goes by its crate in the log', () => {
  expect(crateOf('/t/debug/libdepot_api.so')).toBe('depot_api');
  expect(crateOf('/t/debug/libdepot_api.dylib')).toBe('depot_api');
  expect(crateOf('/t/debug/depot')).toBe('depot');
});

test('without maps a module is what was there at the start, and then what the log says was loaded', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'debug'));
  const file = join(folder, 'debug/libmy_api.so');
  await writeFile(file, 'one');
  const files = new Map([['my-api', file]]);
  const artifacts = new Map([['my-api', readArtifactNow(file)]]);
  const eyes = new LogInferredImages();
  const say = (fact: LogFact): void => eyes.note({ ...fact, at: null });
  const inode = (): string | undefined => eyes.look().get('my-api')?.[0]?.inode;

  eyes.redefine(files);
  eyes.begin(5, files, artifacts);
  expect([eyes.heard, eyes.basisOf('my-api'), inode()]).toEqual([
    false,
    'start',
    artifacts.get('my-api')?.inode,
  ]);
  await writeFile(`${file}.new`, 'two');
  await rename(`${file}.new`, file);
  expect(inode()).toBe(artifacts.get('my-api')?.inode);
  say({ kind: 'loaded', module: 'somebody_else' });
  say({ kind: 'ready', addresses: [] });
  expect(eyes.heard).toBe(false);

  say({ kind: 'unloading', module: 'my_api' });
  expect([eyes.heard, inode()]).toEqual([true, undefined]);
  say({ kind: 'loaded', module: 'my_api' });
  expect([eyes.basisOf('my-api'), inode()]).toEqual(['log', readArtifactNow(file)?.inode]);
  // What the log said before anybody looked at this server is not forgotten by the look.
  eyes.begin(5, files, artifacts);
  expect(eyes.basisOf('my-api')).toBe('log');

  eyes.assumeReloaded(['my-api']);
  expect(eyes.basisOf('my-api')).toBe('reload');
  eyes.forget();
  expect([eyes.heard, eyes.basisOf('my-api'), eyes.look().size]).toEqual([false, null, 0]);
});
