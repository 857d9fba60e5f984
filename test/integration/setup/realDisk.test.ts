/** A disk that is really full, and folders that really can't be written to: nothing of the workspace is changed. */
import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { treeOf, writeFiles } from '../../unit/setup/changes/places.ts';
import { FIRST } from '../../unit/setup/changes/stories.ts';
import { makeProgram } from '../logs/program.ts';

const isolated = spawnSync('unshare', ['-rm', 'true']).status === 0;
const isRoot = process.getuid?.() === 0;

async function place(): Promise<{ both: string; root: string; data: string; program: string }> {
  const both = await temporaryFolder();
  await chmod(both, 0o777);
  const [root, data] = [join(both, 'root'), join(both, 'data')];
  await writeFiles(root, FIRST);
  await mkdir(data);
  await chmod(data, 0o777);
  const program = await makeProgram('test/integration/setup/programs/killed.ts', join(both, 'program'));
  return { both, root, data, program };
}

const run = (command: readonly string[]): { code: number | null; out: string; error: string } => {
  const [file = '', ...args] = command;
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
};

describe('a full disk', () => {
  beforeAll(() => {
    if (!isolated) console.warn('No tmpfs of its own here: the disk is not really full in these tests.');
  });

  it.runIf(isolated).each(['root', 'data'] as const)('under the %s', async (which) => {
    const { both, root, data, program } = await place();
    const copy = join(both, 'copy');
    await cp(root, copy, { recursive: true });
    const full = which === 'root' ? root : data;
    const act = `"${process.execPath}" "${program}" "${root}" "${data}/setup/it" apply -1`;
    const script = [
      `mount -t tmpfs -o size=256k none "${full}"`,
      ...(which === 'root' ? [`cp -a "${copy}/." "${root}"`] : []),
      `head -c 9999999 /dev/zero > "${full}/filler" 2>/dev/null; ${act}; code=$?`,
      `rm "${full}/filler" && diff -r "${copy}" "${root}" && ls -A "${root}" && exit $code`,
    ].join('\n');
    const { code, out, error } = run(['unshare', '-rm', 'sh', '-c', script]);
    expect(error).toMatch(/^The disk is full \(ENOSPC/);
    expect({ code, out }).toEqual({ code: 1, out: 'Cargo.toml\nsrc\n' });
  });
});

// Root may write anywhere, so it is somebody else who tries.
const asNobody = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];

describe('a folder that can’t be written to', () => {
  it.runIf(run([...asNobody, 'true']).code === 0).each(['the workspace', 'its data'])('%s', async (which) => {
    const { root, data, program } = await place();
    const before = await treeOf(root);
    // `.cargo` would come into the first, the journal into the second.
    if (!isRoot || which === 'its data') await chmod(which === 'its data' ? data : root, 0o555);
    if (which === 'its data') for (const folder of [root, join(root, 'src/api')]) await chmod(folder, 0o777);
    const { code, error } = run([
      ...asNobody,
      ...[process.execPath, program, root, join(data, 'setup/it'), 'apply', '-1'],
    ]);
    await chmod(data, 0o755);
    await chmod(root, 0o755);
    expect(error).toMatch(
      which === 'its data' ? /^The system denied access/ : /lies in a folder that can't be/,
    );
    expect(code).toBe(1);
    expect(await treeOf(root)).toEqual(before);
  });
});
