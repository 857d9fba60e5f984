import { describe, expect, test } from 'vitest';
import { missingIn } from '../../../main/engine/explain/findLibrary.ts';
import {
  type LibraryPlace,
  type LibrarySearch,
  whyMissing,
} from '../../../main/engine/explain/missingLibrary.ts';

const ABSENT = 'cannot open shared object file: No such file or directory';
const NOWHERE: LibrarySearch = {
  name: 'libsky.so',
  complaint: ABSENT,
  neededBy: 'app',
  maker: null,
  places: [],
  secure: null,
  program: '/w/target/debug/app',
  endedAt: 1_000,
};
const SECURE =
  'The program has file capabilities (cap_net_bind_service=ep), so the linker ignores LD_LIBRARY_PATH.';

const place = (kind: LibraryPlace['kind'], parts: Partial<LibraryPlace> = {}): LibraryPlace => ({
  kind,
  folder: `/in/${kind}`,
  toolchain: null,
  changedAt: 0,
  ...parts,
});
const why = (parts: Partial<LibrarySearch>) => whyMissing({ ...NOWHERE, ...parts });
const gone = { package: 'sky', file: '/w/target/debug/libsky.so', isThere: false };

/** Each reason: where it is so, and where it would not be. */
describe('why a library is missing', () => {
  test('the workspace makes it, and the file is gone: only then a plain build helps', () => {
    expect(why({ maker: gone })).toMatchObject({ remedy: 'Build again.', isBuilt: true });
    expect(why({ maker: { ...gone, isThere: true } })).toMatchObject({ isBuilt: false });
    expect(why({})).toMatchObject({ isBuilt: false });
  });

  test('it lies where a build script put it', () => {
    const told = why({ places: [place('build-script')] });
    expect(told.reason).toBe('A build script put it in /in/build-script, where the linker does not look.');
    expect(told.remedy).toContain('"LD_LIBRARY_PATH": "/in/build-script"');
    expect(told.isBuilt).toBe(false);
    expect(why({ places: [place('target')] }).reason).not.toContain('build script');
  });

  test('the linker ignores LD_LIBRARY_PATH', () => {
    const told = why({ places: [place('searched')], secure: SECURE });
    expect(told.reason).toContain('file capabilities (cap_net_bind_service=ep)');
    expect(told.remedy).toContain('-rpath,/in/searched');
    const other = why({ places: [place('searched')] });
    expect(other.reason).toContain('probably');
    expect(other.reason).not.toContain('capabilities');
  });

  test('it was put there after the server ended', () => {
    expect(why({ places: [place('searched', { changedAt: 2_000 })] })).toMatchObject({
      reason: 'It is in /in/searched now.',
      remedy: 'Start the server.',
    });
  });

  test('a standard library: of another toolchain, or of one that is gone', () => {
    const name = 'libstd-0123456789abcdef.so';
    const nightly = place('toolchain', { toolchain: 'nightly' });
    expect(why({ name, places: [nightly] }).reason).toContain(
      'of the toolchain nightly: app was built by that one',
    );
    expect(why({ name }).reason).toContain('no toolchain installed here has it');
    expect(why({ name }).isBuilt).toBe(true);
    expect(why({}).reason).not.toContain('standard library');
  });

  test('nowhere: no build is said to help', () => {
    expect(why({})).toMatchObject({ isBuilt: false });
    expect(why({}).reason).toContain('it is in no folder of LD_LIBRARY_PATH');
  });

  test.each([
    ['file too short', 'Replace it with a complete libsky.so.', null],
    ['file too short', '"cargo clean -p sky"', { ...gone, isThere: true }],
    ['cannot open shared object file: Permission denied', 'Make the file readable', gone],
  ])('broken or closed, not missing: %s', (complaint, remedy, maker) => {
    const told = why({ complaint, maker });
    expect(told.remedy).toContain(remedy);
    expect(told.reason).not.toMatch(/not there|no folder/);
  });
});

test("the linker's words", () => {
  expect(missingIn(`before\napp: error while loading shared libraries: libsky.so: ${ABSENT}\r`)).toEqual({
    name: 'libsky.so',
    complaint: ABSENT,
  });
  expect(missingIn('INFO all libraries were loaded')).toBeNull();
});
