import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coreSince, findCoreFile } from '../../../main/engine/process/coreFile.ts';
import { type CorePattern, type Dead, readCorePattern } from '../../../main/engine/process/corePattern.ts';
import { temporaryFolder } from '../../support/folders.ts';

const dead: Dead = {
  pids: [4711, 4712],
  program: 'depot',
  path: '/srv/target/debug/depot',
  uid: 1000,
  gid: 100,
  signal: 11,
  host: 'a.host',
};

function file(pattern: string, usesPid = false): CorePattern & { kind: 'file' } {
  const read = readCorePattern(pattern, usesPid, dead);
  if (read?.kind !== 'file') throw new Error(`${pattern} means no file`);
  return read;
}

const means = (pattern: string, path: string, usesPid = false): boolean => {
  const { parts, absolute } = file(pattern, usesPid);
  return new RegExp(`^${absolute ? '/' : ''}${parts.join('/')}$`).test(path);
};

test.each([
  ['core', 'core', 'core.1'],
  ['core.%p\n', 'core.4712', 'core.4713'],
  ['/var/cores/%e-%p-%t.core', '/var/cores/depot_router-4711-1700000000.core', '/var/cores/x-4713-1.core'],
  ['%u.%g.%s.%h', '1000.100.11.a.host', '1000.100.6.a.host'],
  ['%f%%%P.%i.%I.%d.%c.%C.%F', 'depot%1.2.3.4.5.6.7', 'depot%1.2.3.4.5.6'],
  ['core!%E', 'core!!srv!target!debug!depot', 'core!/srv/target/debug/depot'],
  ['a+b(%p)', 'a+b(4711)', 'aab(4711)'],
  ['%e/core', 'anything/core', 'any/thing/core'],
  // Dropped by the kernel: a letter that it does not know, and a % at the end.
  ['core%x.%p%', 'core.4711', 'core%x.4711'],
])('%s', (pattern, yes, no) => {
  expect(means(pattern, yes)).toBe(true);
  expect(means(pattern, no)).toBe(false);
});

test('the other setting adds the process to a name that has none', () => {
  expect(means('core', 'core.4711', true)).toBe(true);
  expect(means('core', 'core', true)).toBe(false);
  expect(means('c.%p', 'c.4711', true)).toBe(true);
  expect(means('%%p', '%p.4711', true)).toBe(true);
  expect(means('', 'core.4711', true)).toBe(true);
  expect(readCorePattern('', false, dead)).toBeNull();
});

test('a collector is none of our files', () => {
  expect(readCorePattern('|/usr/lib/systemd/systemd-coredump %P %u', false, dead)).toEqual({
    kind: 'collector',
    program: '/usr/lib/systemd/systemd-coredump',
  });
  expect(readCorePattern('@/run/coredump.socket', false, dead)).toEqual({
    kind: 'collector',
    program: '/run/coredump.socket',
  });
});

test('of the files that are there the newest counts, and none that is too old', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'cores/depot'), { recursive: true });
  const names = ['core.4711', 'core.4712', 'core.9', 'core.4711.txt'];
  for (const [index, name] of names.entries()) {
    await writeFile(join(folder, 'cores/depot', name), 'x');
    await utimes(join(folder, 'cores/depot', name), 1_000, 1_000 + index);
  }
  // A folder, and a link to nowhere, are no core files.
  await mkdir(join(folder, 'cores/other/core.4711'), { recursive: true });
  await symlink('/nowhere/at/all', join(folder, 'cores/core.4711'));

  const pattern = file('cores/%e/core.%p');
  const found = await findCoreFile(pattern, folder, 900_000);
  expect(found.file).toBe(join(folder, 'cores/depot/core.4712'));
  expect(coreSince(found, 1_000_500)).toBe(found.file);
  expect(coreSince(found, 1_002_000)).toBeNull();
  expect((await findCoreFile(pattern, folder, 2_000_000)).file).toBeNull();
  expect((await findCoreFile(file(`${folder}/cores/depot/core.4711`), '/', 0)).file).toBe(
    join(folder, 'cores/depot/core.4711'),
  );
  expect((await findCoreFile(file('no/such/core'), folder, 0)).file).toBeNull();
  expect((await findCoreFile(file('../%h'), join(folder, 'cores'), 0)).file).toBeNull();
});
