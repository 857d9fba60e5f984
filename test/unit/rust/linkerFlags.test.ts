import { expect, test } from 'vitest';
import { besideOwnFlags, keysWithFlags } from '../../../main/engine/rust/linkerFlags.ts';

const GOLD = ['-Clink-arg=-fuse-ld=gold'];

test('without flags of the user’s own, the build’s do', () => {
  expect(besideOwnFlags(GOLD, [], { PATH: '/bin' })).toEqual({
    arguments: ['--config', 'build.rustflags=["-Clink-arg=-fuse-ld=gold"]'],
    environment: { PATH: '/bin' },
  });
});

test('they are added to every source that there may be, after what it holds', () => {
  const { arguments: args, environment } = besideOwnFlags(
    GOLD,
    ['x86_64-unknown-linux-gnu', 'cfg(target_os = "linux")'],
    {
      RUSTFLAGS: '-Cdebuginfo=1',
      CARGO_ENCODED_RUSTFLAGS: '--cfg\x1fa b',
      CARGO_BUILD_RUSTFLAGS: '',
      CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS: '-Copt-level=1',
    },
  );
  expect(args.filter((each) => each !== '--config')).toEqual([
    'build.rustflags=["-Clink-arg=-fuse-ld=gold"]',
    'target.x86_64-unknown-linux-gnu.rustflags=["-Clink-arg=-fuse-ld=gold"]',
    'target."cfg(target_os = \\"linux\\")".rustflags=["-Clink-arg=-fuse-ld=gold"]',
  ]);
  expect(environment).toEqual({
    RUSTFLAGS: '-Cdebuginfo=1 -Clink-arg=-fuse-ld=gold',
    CARGO_ENCODED_RUSTFLAGS: '--cfg\x1fa b\x1f-Clink-arg=-fuse-ld=gold',
    CARGO_BUILD_RUSTFLAGS: '-Clink-arg=-fuse-ld=gold',
    CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS: '-Copt-level=1 -Clink-arg=-fuse-ld=gold',
  });
});

test('empty variables stay empty: cargo would take them for the only source', () => {
  const { environment } = besideOwnFlags(GOLD, [], { RUSTFLAGS: '', CARGO_ENCODED_RUSTFLAGS: '' });
  expect(environment).toEqual({ RUSTFLAGS: '', CARGO_ENCODED_RUSTFLAGS: '' });
});

test('of cargo’s answer only targets with flags count', () => {
  const answer = {
    build: { rustflags: ['-Cx'] },
    target: { a: { rustflags: ['-Cy'] }, b: { linker: 'cc' }, c: { rustflags: '-Cz' }, d: 'nonsense' },
  };
  expect(keysWithFlags(JSON.stringify(answer))).toEqual(['a', 'c']);
  expect(keysWithFlags('{}')).toEqual([]);
  expect(keysWithFlags('not JSON')).toEqual([]);
});
