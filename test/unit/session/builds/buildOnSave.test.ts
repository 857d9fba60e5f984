/** What a save sets off. The parts of a session around it are fakes that only write down what they are asked for. */
import { expect, test } from 'vitest';
import { BuildOnSave } from '../../../../main/engine/session/builds/buildOnSave.ts';

interface Around {
  busy?: boolean;
  buildOnSave?: boolean;
  /** The build loop that suspends these files, or holds every build back. */
  suspended?: string[];
  isHeld?: boolean;
}

async function saved(
  files: string[],
  { busy, buildOnSave, suspended, isHeld }: Around = {},
): Promise<string[]> {
  const log: string[] = [];
  const onSave = new BuildOnSave(
    {
      builds: { busy: busy ?? false },
      edits: { save: (all) => log.push(`saved ${all.join()}`) },
      notices: { clear: (...kinds) => log.push(`clear ${kinds.join()}`) },
      store: { state: { auto: { buildOnSave: buildOnSave ?? true } } },
      reread: async () => {
        log.push('reread');
      },
    },
    {
      edited: (all) => {
        const pending = all.filter((file) => !suspended?.includes(file));
        return { wanted: isHeld === true ? null : (pending[0] ?? null), pending };
      },
    },
    async ({ kind, text }) => {
      log.push(`build: ${kind} ${text}`);
    },
  );
  await onSave.saved(files);
  return log;
}

const CLEARED = 'clear nothing-stale';

test('a save is noted and built', async () => {
  expect(await saved(['api/src/lib.rs'])).toEqual([
    'saved api/src/lib.rs',
    CLEARED,
    'build: edit api/src/lib.rs',
  ]);
});

test('without building on save it is only noted', async () => {
  expect(await saved(['a.rs'], { buildOnSave: false })).toEqual(['saved a.rs', CLEARED]);
});

test('a manifest is read before it is built', async () => {
  expect(await saved(['api/Cargo.toml'])).toEqual([
    'saved api/Cargo.toml',
    CLEARED,
    'reread',
    'build: edit api/Cargo.toml',
  ]);
});

test('what looks like a build loop is noted and held back; suspended files are not even noted', async () => {
  expect(await saved(['a.rs'], { isHeld: true })).toEqual(['saved a.rs', CLEARED]);
  expect(await saved(['a.rs'], { suspended: ['a.rs'] })).toEqual([]);
});

test('the lock file that cargo writes while it builds is no edit', async () => {
  expect(await saved(['Cargo.lock'], { busy: true })).toEqual([]);
  expect(await saved(['Cargo.lock'])).toContain('saved Cargo.lock');
});
