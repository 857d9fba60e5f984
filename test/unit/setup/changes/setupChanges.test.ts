import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { STANDING, systemFailure } from '../../../../main/engine/setup/changes/changeFailures.ts';
import { SetupChanges } from '../../../../main/engine/setup/changes/setupChanges.ts';
import { cutOffDisk } from './disks.ts';
import { kindIn, placeWith, treeOf, valueIn, wayOf, writeFiles } from './places.ts';

const OLD = { 'Cargo.toml': 'one\ntwo\nthree\nfour\nfive\nsix\n', 'src/api/Cargo.toml': '[lib]\r\n\xe9\r\n' };
const NEW = {
  'Cargo.toml': 'one\nTWO\nthree\nfour\nfive\nsix\n',
  'src/api/Cargo.toml': '[lib]\r\ndylib\r\n',
};
const CONFIG = '[build]\n';
const way = wayOf({
  'Cargo.toml': [OLD['Cargo.toml'], NEW['Cargo.toml']],
  'src/api/Cargo.toml': [OLD['src/api/Cargo.toml'], NEW['src/api/Cargo.toml']],
  '.cargo/config.toml': [null, CONFIG],
});

async function appliedPlace(): Promise<{ root: string; folder: string; changes: SetupChanges }> {
  const place = await placeWith(OLD);
  const changes = new SetupChanges(place);
  valueIn(await changes.apply(way));
  return { ...place, changes };
}

const put = (root: string, file: string, text: string): Promise<void> => writeFiles(root, { [file]: text });
const textOf = (root: string, file: string): Promise<string> => readFile(join(root, file), 'latin1');

describe('a setup', () => {
  test('is applied, is told about, and is taken back to the last byte and mode', async () => {
    const { root, folder } = await placeWith(OLD);
    await chmod(join(root, 'Cargo.toml'), 0o640);
    const before = await treeOf(root);
    const changes = new SetupChanges({ root, folder });
    expect(valueIn(await changes.applied())).toBeNull();
    const time = Date.now();
    valueIn(await changes.apply(way));
    expect(await treeOf(root)).toEqual({
      '.cargo': 'folder',
      '.cargo/config.toml': `644 ${CONFIG}`,
      'Cargo.toml': `640 ${NEW['Cargo.toml']}`,
      src: 'folder',
      'src/api': 'folder',
      'src/api/Cargo.toml': `644 ${NEW['src/api/Cargo.toml']}`,
    });
    // Another program sees the same.
    const applied = valueIn(await new SetupChanges({ root, folder }).applied());
    expect(applied).toMatchObject({
      way: 'edits',
      files: ['Cargo.toml', 'src/api/Cargo.toml', '.cargo/config.toml'],
      lines: 3,
      conflicts: [],
    });
    expect(applied?.at).toBeGreaterThanOrEqual(time);
    valueIn(await new SetupChanges({ root, folder }).revert());
    expect(await treeOf(root)).toEqual(before);
    expect(valueIn(await changes.applied())).toBeNull();
    expect(kindIn(await changes.revert())).toBe('setup-not-applied');
  });

  test('leaves behind what it did, in case, and nothing else', async () => {
    const { folder, changes } = await appliedPlace();
    valueIn(await changes.revert());
    expect(await readdir(folder)).toEqual(['last']);
    const contents = join(folder, 'last', 'contents');
    const texts = await Promise.all(
      (await readdir(contents)).map((name) => readFile(join(contents, name), 'latin1')),
    );
    expect(texts.sort()).toEqual([...Object.values(OLD), ...Object.values(NEW), CONFIG].sort());
  });

  test('keeps the modes also of what is write-protected', async () => {
    const { root, folder } = await placeWith(OLD);
    await chmod(join(root, 'Cargo.toml'), 0o444);
    const before = await treeOf(root);
    const changes = new SetupChanges({ root, folder });
    valueIn(await changes.apply(way));
    expect((await treeOf(root))['Cargo.toml']).toBe(`444 ${NEW['Cargo.toml']}`);
    valueIn(await changes.revert());
    expect(await treeOf(root)).toEqual(before);
  });

  test('can be applied and reverted again and again', async () => {
    const { root, changes } = await appliedPlace();
    for (let round = 0; round < 3; round += 1) {
      valueIn(await changes.revert());
      valueIn(await changes.apply(way));
    }
    expect(await textOf(root, 'Cargo.toml')).toBe(NEW['Cargo.toml']);
    valueIn(await changes.revert());
    expect(await textOf(root, 'Cargo.toml')).toBe(OLD['Cargo.toml']);
  });

  test('that only has arguments for cargo is remembered; one with nothing at all is not', async () => {
    const changes = new SetupChanges(await placeWith(OLD));
    valueIn(await changes.apply(wayOf({})));
    expect(valueIn(await changes.applied())).toBeNull();
    valueIn(await changes.apply(wayOf({}, 'flags', ['--config', 'x'])));
    expect(valueIn(await changes.applied())).toMatchObject({ way: 'flags', files: [], lines: 0 });
    valueIn(await changes.revert());
    expect(valueIn(await changes.applied())).toBeNull();
  });
});

describe('a second setup on top', () => {
  test('that has nothing to do changes nothing', async () => {
    const { root, folder, changes } = await appliedPlace();
    const before = [await treeOf(root), await treeOf(folder)];
    valueIn(await changes.apply(wayOf({})));
    valueIn(await changes.apply(wayOf({ 'Cargo.toml': [NEW['Cargo.toml'], NEW['Cargo.toml']] })));
    expect([await treeOf(root), await treeOf(folder)]).toEqual(before);
  });

  test('keeps the first originals', async () => {
    const { root, folder } = await placeWith(OLD);
    const before = await treeOf(root);
    const changes = new SetupChanges({ root, folder });
    const api = 'src/api/Cargo.toml' as const;
    valueIn(await changes.apply(wayOf({ [api]: [OLD[api], NEW[api]] }, 'flags', ['--x'])));
    valueIn(
      await changes.apply(
        wayOf({ 'Cargo.toml': [OLD['Cargo.toml'], NEW['Cargo.toml']], [api]: [NEW[api], 'more\n'] }),
      ),
    );
    expect(valueIn(await changes.applied())).toMatchObject({ way: 'edits', lines: 3, conflicts: [] });
    valueIn(await changes.revert());
    expect(await treeOf(root)).toEqual(before);
  });

  test('keeps what somebody edited in between, and asks', async () => {
    const { root, changes } = await appliedPlace();
    const between = `${NEW['Cargo.toml']}mine\n`;
    await put(root, 'Cargo.toml', between);
    valueIn(await changes.apply(wayOf({ 'Cargo.toml': [between, between.replace('four', 'FOUR')] })));
    expect(valueIn(await changes.applied())?.conflicts).toEqual([
      {
        file: 'Cargo.toml',
        original: OLD['Cargo.toml'],
        applied: between.replace('four', 'FOUR'),
        current: between.replace('four', 'FOUR'),
        merged: `${OLD['Cargo.toml']}mine\n`,
      },
    ]);
    valueIn(await changes.revert({ 'Cargo.toml': 'merged' }));
    expect(await textOf(root, 'Cargo.toml')).toBe(`${OLD['Cargo.toml']}mine\n`);
  });

  test('where somebody had taken a file back by other means begins again there', async () => {
    const { root, changes } = await appliedPlace();
    await put(root, 'Cargo.toml', OLD['Cargo.toml']);
    valueIn(await changes.apply(wayOf({ 'Cargo.toml': [OLD['Cargo.toml'], 'other\n'] })));
    expect(valueIn(await changes.applied())).toMatchObject({ lines: 3, conflicts: [] });
    valueIn(await changes.revert());
    expect(await textOf(root, 'Cargo.toml')).toBe(OLD['Cargo.toml']);
  });
});

describe('a file that was edited since', () => {
  const edited = `${NEW['Cargo.toml']}seven\n`;
  const conflict = {
    file: 'Cargo.toml',
    original: OLD['Cargo.toml'],
    applied: NEW['Cargo.toml'],
    current: edited,
    merged: `${OLD['Cargo.toml']}seven\n`,
  };

  test.each([
    ['merged', conflict.merged],
    ['original', conflict.original],
    ['current', conflict.current],
  ] as const)('is asked about; %s', async (resolution, expected) => {
    const { root, folder, changes } = await appliedPlace();
    await put(root, 'Cargo.toml', edited);
    expect(valueIn(await changes.applied())?.conflicts).toEqual([conflict]);
    const before = [await treeOf(root), await treeOf(folder)];
    expect(kindIn(await changes.revert())).toBe('setup-conflicts');
    expect(kindIn(await changes.revert({ 'src/api/Cargo.toml': 'merged' }))).toBe('setup-conflicts');
    expect([await treeOf(root), await treeOf(folder)]).toEqual(before);
    valueIn(await changes.revert({ 'Cargo.toml': resolution }));
    expect(await textOf(root, 'Cargo.toml')).toBe(expected);
    expect(await textOf(root, 'src/api/Cargo.toml')).toBe(OLD['src/api/Cargo.toml']);
    expect(valueIn(await changes.applied())).toBeNull();
  });

  test("in the same line can't be merged", async () => {
    const { root, changes } = await appliedPlace();
    await put(root, 'Cargo.toml', NEW['Cargo.toml'].replace('TWO', 'TWO and a half'));
    expect(valueIn(await changes.applied())?.conflicts).toMatchObject([{ merged: null }]);
    expect(kindIn(await changes.revert({ 'Cargo.toml': 'merged' }))).toBe('setup-conflicts');
    valueIn(await changes.revert({ 'Cargo.toml': 'original' }));
    expect(await textOf(root, 'Cargo.toml')).toBe(OLD['Cargo.toml']);
  });

  test('to be no text any more comes through a merge', async () => {
    const { root, changes } = await appliedPlace();
    await put(root, 'Cargo.toml', `${NEW['Cargo.toml']}\xff\xfe\x00\r\n`);
    valueIn(await changes.revert({ 'Cargo.toml': 'merged' }));
    expect(await textOf(root, 'Cargo.toml')).toBe(`${OLD['Cargo.toml']}\xff\xfe\x00\r\n`);
  });

  test('and is what it was before is no question', async () => {
    const { root, changes } = await appliedPlace();
    await put(root, 'Cargo.toml', OLD['Cargo.toml']);
    await rm(join(root, '.cargo'), { recursive: true });
    expect(valueIn(await changes.applied())?.conflicts).toEqual([]);
    valueIn(await changes.revert());
    expect(await textOf(root, 'Cargo.toml')).toBe(OLD['Cargo.toml']);
  });
});

describe('a file that was removed since', () => {
  test('is asked about, and comes back with its folder', async () => {
    const { root, changes } = await appliedPlace();
    await rm(join(root, 'src'), { recursive: true });
    expect(valueIn(await changes.applied())?.conflicts).toMatchObject([
      { file: 'src/api/Cargo.toml', current: null, merged: null },
    ]);
    expect(kindIn(await changes.revert({ 'src/api/Cargo.toml': 'merged' }))).toBe('setup-conflicts');
    valueIn(await changes.revert({ 'src/api/Cargo.toml': 'original' }));
    expect(await textOf(root, 'src/api/Cargo.toml')).toBe(OLD['src/api/Cargo.toml']);
  });

  test('stays away if that is chosen', async () => {
    const { root, changes } = await appliedPlace();
    await rm(join(root, 'src'), { recursive: true });
    valueIn(await changes.revert({ 'src/api/Cargo.toml': 'current' }));
    expect(Object.keys(await treeOf(root))).toEqual(['Cargo.toml']);
  });
});

describe('a file that the setup made', () => {
  test('goes, and its folder stays if something else is in it now', async () => {
    const { root, changes } = await appliedPlace();
    await put(root, '.cargo/mine', 'mine');
    valueIn(await changes.revert());
    expect(await readdir(join(root, '.cargo'))).toEqual(['mine']);
  });

  test('goes, and a folder that was there before stays', async () => {
    const { root, folder } = await placeWith(OLD);
    await mkdir(join(root, '.cargo'));
    const changes = new SetupChanges({ root, folder });
    valueIn(await changes.apply(way));
    valueIn(await changes.revert());
    expect(await readdir(join(root, '.cargo'))).toEqual([]);
  });

  test('and that was edited since: only the edit is left', async () => {
    const { root, changes } = await appliedPlace();
    await put(root, '.cargo/config.toml', `${CONFIG}mine\n`);
    expect(valueIn(await changes.applied())?.conflicts).toMatchObject([{ original: null }]);
    valueIn(await changes.revert({ '.cargo/config.toml': 'original' }));
    expect(Object.keys(await treeOf(root))).not.toContain('.cargo');
  });
});

describe('nothing is changed', () => {
  const untouched = async (place: { root: string; folder: string }, kind: string): Promise<void> => {
    const before = await treeOf(place.root);
    const changes = new SetupChanges(place);
    expect(kindIn(await changes.apply(way))).toBe(kind);
    expect(await treeOf(place.root)).toEqual(before);
    expect(valueIn(await changes.applied())).toBeNull();
    expect(kindIn(await changes.finish())).toBe('ok');
  };

  test('where a file is not as it was planned for', async () => {
    const place = await placeWith({ ...OLD, 'src/api/Cargo.toml': 'other' });
    await untouched(place, 'setup-changed');
  });

  test('where a file is there that was to be made, or is not there that was to be changed', async () => {
    await untouched(await placeWith({ ...OLD, '.cargo/config.toml': '' }), 'setup-changed');
    await untouched(await placeWith({ 'Cargo.toml': OLD['Cargo.toml'] }), 'setup-changed');
  });

  test.each([
    ['leads out of the workspace', '../../outside'],
    ['leads to nothing', 'nothing'],
    ['leads to itself', 'Cargo.toml'],
    ['leads to a folder', '..'],
  ])('where a link %s', async (_, goal) => {
    const place = await placeWith(OLD);
    await writeFile(join(place.root, '../outside'), OLD['src/api/Cargo.toml'], 'latin1');
    await rm(join(place.root, 'src/api/Cargo.toml'));
    await symlink(goal.replace('../../outside', '../../../outside'), join(place.root, 'src/api/Cargo.toml'));
    await untouched(place, 'setup-refused');
  });

  test.each([
    ['the file', 'src/api/Cargo.toml', /^src\/api\/Cargo\.toml is a link to a file that does not exist/],
    ['a folder above it', 'src/api', /^src\/api\/Cargo\.toml lies below src\/api, a link to something/],
  ])('where a link leads to nothing, and it is said which: %s', async (_, link, words) => {
    const { root, folder } = await placeWith({ 'Cargo.toml': OLD['Cargo.toml'], 'src/other': '' });
    await mkdir(dirname(join(root, link)), { recursive: true });
    await symlink('nothing', join(root, link));
    const result = await new SetupChanges({ root, folder }).apply(way);
    expect(result).toMatchObject({ failure: { message: expect.stringMatching(words) } });
  });

  test('where a path would leave the workspace', async () => {
    const { root, folder } = await placeWith(OLD);
    const changes = new SetupChanges({ root, folder });
    for (const file of ['../escape', '/tmp/escape', 'src/../../escape', 'src//escape', '']) {
      expect(kindIn(await changes.apply(wayOf({ [file]: [null, 'x'] })))).toBe('setup-refused');
    }
  });

  test('where two files are one', async () => {
    const { root, folder } = await placeWith({ 'Cargo.toml': 'a' });
    await symlink('Cargo.toml', join(root, 'same.toml'));
    const changes = new SetupChanges({ root, folder });
    const both = wayOf({ 'Cargo.toml': ['a', 'b'], 'same.toml': ['a', 'c'] });
    expect(kindIn(await changes.apply(both))).toBe('setup-refused');
    expect(await textOf(root, 'Cargo.toml')).toBe('a');
  });

  test('where there is no such workspace, or what is remembered is damaged', async () => {
    const { root, folder, changes } = await appliedPlace();
    expect(kindIn(await new SetupChanges({ root: `${root}x`, folder }).apply(way))).toBe('setup-failed');
    const before = await treeOf(root);
    const contents = join(folder, 'current/contents');
    for (const name of await readdir(contents)) await writeFile(join(contents, name), 'bad');
    for (const result of [await changes.applied(), await changes.revert()]) {
      expect(kindIn(result)).toBe('setup-journal-damaged');
    }
    await writeFile(join(folder, 'current/journal.json'), '{');
    for (const result of [await changes.applied(), await changes.revert(), await changes.finish()]) {
      expect(kindIn(result)).toBe('setup-journal-damaged');
    }
    expect(await treeOf(root)).toEqual(before);
  });
});

describe('what is said of the files after something went wrong', () => {
  const unreadable = wayOf({ ['x'.repeat(300)]: [null, 'x'] });

  test('is that none was changed, but not where an interrupted change was finished first', async () => {
    const place = await placeWith(OLD);
    const untouched = await new SetupChanges(place).apply(unreadable);
    expect(untouched).toMatchObject({
      failure: { message: expect.stringContaining('No file of the workspace was changed.') },
    });
    // It is cut off once all is prepared, and half of it done.
    const { disk } = cutOffDisk(60);
    await new SetupChanges({ ...place, disk }).apply(way);
    expect(kindIn(await new SetupChanges(place).applied())).toBe('setup-unfinished');
    const finished = await new SetupChanges(place).apply(unreadable);
    expect(finished).toMatchObject({
      failure: { message: expect.stringContaining('An earlier change that was interrupted is finished now') },
    });
    expect(finished).not.toMatchObject({
      failure: { message: expect.stringContaining('No file of the workspace was changed.') },
    });
    expect(await textOf(place.root, 'Cargo.toml')).toBe(NEW['Cargo.toml']);
  });

  test.each([
    ['EACCES', 'The system denied access'],
    ['EROFS', 'The file system is read-only'],
    ['ENOSPC', 'The disk is full'],
    ['EIO', 'A file operation failed'],
  ])('%s: %s', (code, words) => {
    const { failure } = systemFailure(Object.assign(new Error('no way'), { code }), STANDING.untouched);
    expect(failure.message).toBe(`${words} (no way). No file of the workspace was changed.`);
    expect(failure.message).not.toContain('write');
  });
});

describe('links', () => {
  test('are followed, not replaced: both ways, of files and of folders', async () => {
    const { root, folder } = await placeWith(OLD);
    await rename(join(root, 'Cargo.toml'), join(root, 'real.toml'));
    await symlink('real.toml', join(root, 'Cargo.toml'));
    await rename(join(root, 'src'), join(root, 'sources'));
    await symlink('sources', join(root, 'src'));
    await mkdir(join(root, 'config'));
    await symlink('config', join(root, '.cargo'));
    const before = await treeOf(root);
    const changes = new SetupChanges({ root, folder });
    valueIn(await changes.apply(way));
    expect(await treeOf(root)).toEqual({
      ...before,
      'real.toml': `644 ${NEW['Cargo.toml']}`,
      'sources/api/Cargo.toml': `644 ${NEW['src/api/Cargo.toml']}`,
      'config/config.toml': `644 ${CONFIG}`,
    });
    valueIn(await changes.revert());
    expect(await treeOf(root)).toEqual(before);
  });

  test('of the hard kind: the other names keep what they had', async () => {
    const { root, folder } = await placeWith(OLD);
    await link(join(root, 'Cargo.toml'), join(root, 'other.toml'));
    const changes = new SetupChanges({ root, folder });
    valueIn(await changes.apply(way));
    expect(await textOf(root, 'Cargo.toml')).toBe(NEW['Cargo.toml']);
    expect(await textOf(root, 'other.toml')).toBe(OLD['Cargo.toml']);
    valueIn(await changes.revert());
    expect(await textOf(root, 'Cargo.toml')).toBe(OLD['Cargo.toml']);
  });
});

test('the owner of a file is kept where the system allows it', async (context) => {
  const { root, folder } = await placeWith(OLD);
  const { chown } = await import('node:fs/promises');
  const isAllowed = await chown(join(root, 'Cargo.toml'), 4711, 4712).then(
    () => true,
    () => false,
  );
  if (!isAllowed) return context.skip();
  const changes = new SetupChanges({ root, folder });
  valueIn(await changes.apply(way));
  expect(await stat(join(root, 'Cargo.toml'))).toMatchObject({ uid: 4711, gid: 4712 });
  valueIn(await changes.revert());
  expect(await stat(join(root, 'Cargo.toml'))).toMatchObject({ uid: 4711, gid: 4712 });
});
