import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitStatus, isDirty } from '../../../../main/engine/setup/changes/gitStatus.ts';
import { placeWith, writeFiles } from './places.ts';

const git = (root: string, ...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root, stdio: 'pipe' });
};

async function repository(): Promise<string> {
  const { root } = await placeWith({ 'Cargo.toml': 'a', 'src/api/Cargo.toml': 'a', 'src/main.rs': 'a' });
  git(root, 'init', '-q');
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'all');
  return root;
}

describe('the status', () => {
  test('names the manifests that changed, and new ones, relative to the workspace', async () => {
    const root = await repository();
    expect(await gitStatus(root)).toEqual([]);
    await writeFiles(root, {
      'src/api/Cargo.toml': 'b',
      'src/main.rs': 'b',
      '.cargo/config.toml': 'new',
      other: '',
    });
    expect(await gitStatus(root)).toEqual([' M src/api/Cargo.toml', '?? .cargo/config.toml']);
    await writeFiles(root, { 'src/Cargo.toml': 'b' });
    expect(await gitStatus(join(root, 'src'))).toEqual([' M api/Cargo.toml', '?? Cargo.toml']);
  });

  test('tells whether a file has changes', async () => {
    const root = await repository();
    await writeFiles(root, { 'src/api/Cargo.toml': 'b', '.cargo/config.toml': 'new' });
    const status = await gitStatus(root);
    const files = ['Cargo.toml', 'src/api/Cargo.toml', '.cargo/config.toml'];
    expect(files.map((file) => isDirty(status, file))).toEqual([false, true, null]);
    expect(isDirty(null, 'Cargo.toml')).toBeNull();
  });

  test('is none outside of git, without git, and for a folder that is gone', async () => {
    const { root } = await placeWith({ 'Cargo.toml': 'a' });
    expect(await gitStatus(root)).toBeNull();
    expect(await gitStatus(await repository(), { PATH: '/nowhere' })).toBeNull();
    expect(await gitStatus(join(root, 'gone'))).toBeNull();
  });

  test('writes nothing and starts nothing that the repository names', async () => {
    const root = await repository();
    const started = join(root, '..', 'started');
    await writeFile(join(root, '..', 'hook'), `#!/bin/sh\ntouch '${started}'\n`, { mode: 0o755 });
    git(root, 'config', 'core.fsmonitor', join(root, '..', 'hook'));
    await rm(started, { force: true });
    await writeFiles(root, { 'Cargo.toml': 'b' });
    const index = await readFile(join(root, '.git/index'));
    expect(await gitStatus(root)).toEqual([' M Cargo.toml']);
    expect(await readFile(join(root, '.git/index'))).toEqual(index);
    await expect(readFile(started)).rejects.toThrow('ENOENT');
  });

  test('is of this folder, wherever the program was started from', async () => {
    const root = await repository();
    await mkdir(join(root, '../elsewhere'));
    git(join(root, '../elsewhere'), 'init', '-q');
    await writeFiles(root, { 'Cargo.toml': 'b' });
    const env = { ...process.env, GIT_DIR: join(root, '../elsewhere/.git'), GIT_WORK_TREE: '/' };
    expect(await gitStatus(root, env)).toEqual([' M Cargo.toml']);
  });
});
