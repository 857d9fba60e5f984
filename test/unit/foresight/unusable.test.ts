import { expect, test } from 'vitest';
import { type UnusableFile, unusable } from '../../../main/engine/foresight/unusable.ts';

const file = (problem: UnusableFile['problem'], isAwaited = false): UnusableFile => ({
  module: 'depot_api',
  label: 'api',
  names: ['libdepot_api.so'],
  problem,
  isAwaited,
});

test.each([
  [file({ kind: 'unbuilt' }), 'warning unbuilt rebuild', 'api has no file on disk.'],
  [
    file({ kind: 'unbuilt' }, true),
    'blocking unbuilt rebuild',
    'api has no file on disk. Loading it would fail.',
  ],
  [
    file({ kind: 'broken', why: 'This is not an ELF file.' }),
    'blocking unreadable rebuild',
    'The file of api on disk is broken. This is not an ELF file. If cargo takes it for finished all the same, "cargo clean -p depot_api" makes the next build replace it.',
  ],
  [
    file({ kind: 'closed', why: 'It is not a file.' }),
    'info unreadable null',
    'Whether the file of api on disk can be loaded is unknown. It is not a file.',
  ],
  [
    file({ kind: 'missing', neededBy: ['core', 'router'] }),
    'warning unreadable rebuild',
    'core and router need api, which is in none of the folders where the server looks for libraries.',
  ],
] as const)('%o', (given, short, message) => {
  const [finding] = unusable([given]);
  expect(`${finding?.severity} ${finding?.kind} ${finding?.remedy}`).toBe(short);
  expect(finding).toMatchObject({ module: 'depot_api', message });
});
