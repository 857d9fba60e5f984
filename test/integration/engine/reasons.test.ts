/** Why a server ended or did not start: what is told is so, and what it advises helps. */
import { chmod, chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Notice, SessionState } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { type Mood, setSettings, writeMoods } from '../../support/fixtures/moods.ts';
import { temporaryFolder } from '../../support/folders.ts';

const crashed = ({ server }: SessionState): boolean => server.name === 'crashed';

/** Starts the server, which ends by itself; gives what is told about that. */
async function noticeOfStart(client: EngineClient): Promise<Notice> {
  await client.request('start', {});
  const { notices } = await client.until(
    'the end of the server, and why',
    (session) => crashed(session) && session.notices.length > 0,
  );
  const [notice] = notices;
  if (notice === undefined) throw new Error('Nothing was told.');
  return notice;
}

const LIBRARY =
  'The server was not started: the linker did not find libsky.so, which moods needs (exit code 127).';

test('a library in the output of a build script, and what a server dies of', async () => {
  const root = await temporaryFolder();
  const file = join(await temporaryFolder(), 'mood');
  const be = (mood: Mood): Promise<void> => writeFile(file, mood);
  await writeMoods(root, file);
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });

  await be('serve');
  const missing = await noticeOfStart(client);
  expect(missing).toMatchObject({ kind: 'missing-library', actions: ['start'] });
  const [, reason = ''] = missing.message.split(`${LIBRARY} `);
  const folder = /^A build script put it in (\/.+\/out\/lib), where the linker does not look\.$/.exec(
    reason,
  )?.[1];
  expect(folder, missing.message).toBeDefined();
  expect(missing.remedy).toContain(`"LD_LIBRARY_PATH": "${folder}"`);
  expect(missing.message).not.toMatch(/toolchain|deleted/);

  // The remedy is right.
  await setSettings(root, { MOOD: file, LD_LIBRARY_PATH: folder ?? '' });
  await client.until('the settings are read', ({ workspace }) =>
    workspace.settings.some(({ key, value }) => key === 'environment' && value.includes('LD_LIBRARY_PATH')),
  );
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  expect(client.session.notices).toEqual([]);
  await client.request('shutdown', {});
  await client.until('stopped', ({ server }) => server.name === 'stopped');

  const told = async (mood: Mood): Promise<string> => {
    await be(mood);
    return (await noticeOfStart(client)).message;
  };
  const place = /server\/src\/main\.rs:\d+:\d+/;
  const panic = (await told('panic')).split('\n');
  expect(panic[0]).toMatch(
    /^The server ended while it was starting \(exit code 101\): thread 'main' panicked at /,
  );
  expect(panic[0]).toMatch(place);
  expect(panic.slice(1)).toEqual(['it is over', 'for good']);

  const elsewhere = await told('panic elsewhere');
  expect(elsewhere).toContain('(exit code 3).\n');
  expect(elsewhere).toMatch(/\nBefore that, thread 'worker' panicked at \S+: not so bad$/);

  const inC = (await told('panic in C')).split('\n');
  expect(inC[0]).toMatch(/^The server ended while it was starting \(SIGABRT\): thread 'main' panicked at /);
  expect(inC.slice(1)).toEqual([
    'it ends in C',
    'It could not be unwound: panic in a function that cannot unwind.',
  ]);

  expect(await told('abort')).not.toContain('panicked');

  // What is run with another group's rights is not told by LD_LIBRARY_PATH where to look.
  if (process.getuid?.() === 0) {
    const program = join(root, 'target/debug/moods');
    await chown(program, 0, 65_534);
    await chmod(program, 0o2755);
    await be('serve');
    const ignored = await noticeOfStart(client);
    expect(ignored.message).toBe(
      `${LIBRARY} It is in ${folder}, which LD_LIBRARY_PATH names. The program has the set-group-ID bit, so the linker ignores LD_LIBRARY_PATH.`,
    );
    expect(ignored.remedy).toContain(`-rpath,${folder}`);
    await chmod(program, 0o755);
    await client.request('start', {});
    await client.until('running', ({ server }) => server.name === 'running');
  }
});
