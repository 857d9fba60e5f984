import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Choices, NO_CHOICES, setupFolder } from '../../../main/engine/workspace/choices.ts';
import { temporaryFolder } from '../../support/folders.ts';

test('what was chosen is there the next time, and the file is never half written', async () => {
  const folder = setupFolder(await temporaryFolder(), '/srv/depot');
  const first = await Choices.load(folder);
  expect(first).toMatchObject({ current: NO_CHOICES, broken: null });
  expect(await first.change({ linker: 'gold', worked: ['gold'] })).toMatchObject({ ok: true });
  expect(await first.change({ flags: ['--config', 'a=1'] })).toMatchObject({ ok: true });
  const second = await Choices.load(folder);
  expect(second.current).toEqual({
    ...NO_CHOICES,
    linker: 'gold',
    worked: ['gold'],
    flags: ['--config', 'a=1'],
  });
  expect(await readdir(folder)).toEqual(['choices.json']);
});

test.each(['', '{', '[]', '{"toolchain": 1}'])(
  'a broken file counts as none, says so, and is replaced: %s',
  async (text) => {
    const folder = setupFolder(await temporaryFolder(), '/srv/depot');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'choices.json'), text);
    const choices = await Choices.load(folder);
    expect(choices.current).toEqual(NO_CHOICES);
    expect(choices.broken).toMatchObject({ kind: 'broken-choices' });
    await choices.change({ toolchain: 'nightly' });
    expect((await Choices.load(folder)).broken).toBeNull();
    expect(JSON.parse(await readFile(join(folder, 'choices.json'), 'utf8'))).toMatchObject({
      toolchain: 'nightly',
    });
  },
);

test('without a folder they last as long as the program; where it can’t be written, it is said', async () => {
  const without = await Choices.load(null);
  expect(await without.change({ linker: 'gold' })).toMatchObject({ ok: true });
  expect(without.current.linker).toBe('gold');
  const data = await temporaryFolder();
  await writeFile(join(data, 'setup'), 'no folder');
  const blocked = await Choices.load(setupFolder(data, '/srv/depot'));
  expect(blocked.broken).not.toBeNull();
  expect(await blocked.change({ linker: 'gold' })).toMatchObject({
    ok: false,
    failure: { kind: 'choices-unwritable' },
  });
  expect(blocked.current.linker).toBe('gold');
});
