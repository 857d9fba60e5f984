import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureLibraries } from '../../../main/launch/systemLibraries.ts';
import { ensureTools } from '../../../main/launch/systemPackages.ts';
import { temporaryFolder } from '../../support/folders.ts';

// A system of our own making: only these programs are on the PATH, and they write down what they are asked.
const policy =
  'libnss3:\\n  Candidate: 2:3.87\\nlibgtk-3-0:\\n  Candidate: 3.24\\nlibgtk-3-0t64:\\n  Candidate: (none)';
const programs = {
  ldd: "printf '\\tlibnss3.so => not found\\n\\tlibc.so.6 => /lib/libc.so.6 (0x1)\\n'",
  ldconfig: "printf '\\tlibc.so.6 (libc6,x86-64) => /lib/libc.so.6\\n'",
  'apt-get': 'echo "$@" >> "$LOG"',
  'apt-cache': `printf '${policy}\\n'`,
};

let folder: string;
let said: string[];
const say = (line: string) => said.push(line);
const log = () => readFile(join(folder, 'log'), 'utf8').catch(() => '');

async function install(...names: (keyof typeof programs)[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(folder, name), `#!/bin/sh\n${programs[name]}\n`);
    await chmod(join(folder, name), 0o755);
  }
}

beforeEach(async () => {
  folder = await temporaryFolder();
  said = [];
  vi.stubEnv('PATH', folder);
  vi.stubEnv('LOG', join(folder, 'log'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe.runIf(process.platform === 'linux')('libraries that are missing', () => {
  it('are installed as root where there is apt-get, and it is said in one line', async () => {
    await install('ldd', 'ldconfig', 'apt-get', 'apt-cache');
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(await ensureLibraries('/opt/electron', say)).toEqual({ ok: true });
    expect(said).toEqual(['Installing system packages: libgtk-3-0 libnss3.']);
    expect(await log()).toMatch(/ install --yes --no-install-recommends libgtk-3-0 libnss3\n$/);
  });

  it('are named with the command for it to anybody else', async () => {
    await install('ldd', 'ldconfig', 'apt-get', 'apt-cache');
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    expect(await ensureLibraries('/opt/electron', say)).toEqual({
      ok: false,
      failure: {
        kind: 'library-missing',
        message: 'Electron needs libraries that aren’t installed: libgtk-3.so.0, libnss3.so.',
        remedy: 'Install them: sudo apt-get install libgtk-3-0 libnss3',
      },
    });
    expect(await log()).toBe('');
  });

  it('are named on a system with another package manager', async () => {
    await install('ldd', 'ldconfig');
    const ensured = await ensureLibraries('/opt/electron', say);
    expect(ensured).toMatchObject({
      ok: false,
      failure: { remedy: 'Install the packages that provide them.' },
    });
  });

  it('that no package is known for are an error, after the package lists were refreshed', async () => {
    await install('apt-get', 'apt-cache');
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    const ensured = await ensureTools(['unzip'], say);
    expect(ensured).toMatchObject({ ok: false, failure: { remedy: 'No package is known for unzip.' } });
    expect(await log()).toMatch(/ update\n$/);
  });
});
