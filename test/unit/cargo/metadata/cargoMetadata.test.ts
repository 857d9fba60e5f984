import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../../main/engine/cargo/metadata/cargoMetadata.ts';
import { targetHolds } from '../../../../main/engine/cargo/metadata/cfgExpression.ts';
import { metadataArguments, selectionOf } from '../../../../main/engine/cargo/metadata/metadataArguments.ts';
import { isOutOfReach } from '../../../../main/engine/cargo/metadata/outOfReach.ts';
import { aMetadata } from '../../../support/cargoMetadata.ts';

const HOST = 'x86_64-unknown-linux-gnu';

describe('cargo metadata is asked as cargo build is', () => {
  test.each([
    [[], []],
    [
      ['--features', 'a,b', '-p', 'app', '--release'],
      ['--features', 'a,b'],
    ],
    [
      ['-Fa', '--features=b', '--locked', '-Zbuild-std'],
      ['-Fa', '--features=b', '--locked', '-Zbuild-std'],
    ],
    [['--no-default-features', '--all-features', '--frozen', '--offline'], null],
    [
      ['--config', 'build.jobs=1', '--config=x.toml', '--', '--locked'],
      ['--config', 'build.jobs=1', '--config=x.toml'],
    ],
  ])('%j', (build, kept) => {
    expect(metadataArguments(build, [HOST])).toEqual(['--filter-platform', HOST, ...(kept ?? build)]);
  });

  test('passes what is selected', () => {
    expect(selectionOf(['-p', 'a@1.0.0', '--package=b', '-pc', '--features', 'x'])).toEqual({
      all: false,
      names: ['a', 'b', 'c'],
      excluded: [],
    });
    expect(selectionOf(['--workspace', '--exclude', 'a', '--profile', 'dev'])).toEqual({
      all: true,
      names: [],
      excluded: ['a'],
    });
  });
});

describe('what it answers', () => {
  const line = JSON.stringify(aMetadata([{ name: 'app', type: 'bin' }]));

  test.each([
    ['alone', line],
    ['with a line before and one after', `info: using {stable}\n${line}\nbye\n`],
    ['in the line of another word', `cargo-wrapper: ${line}`],
  ])('is found %s', (_, text) => {
    const answer = readAnswer(text);
    expect(answer.ok && answer.value.packages[0]?.name).toBe('app');
  });

  test('is quoted if it has no JSON', () => {
    const answer = readAnswer('Hello from my cargo\n');
    expect(!answer.ok && answer.failure.message).toBe(
      'cargo metadata printed no JSON, but: Hello from my cargo.',
    );
  });
});

test.each([
  ['error: failed to download `itoa v1.0.0`\nCaused by:\n  unable to get packages from source', true],
  ['error: failed to get `x` as a dependency\nCaused by:\n  Unable to update registry `crates-io`', true],
  ['error: failed to parse manifest at `/w/Cargo.toml`', false],
  ['error: the lock file /w/Cargo.lock needs to be updated but --locked was passed', false],
  ['error: no matching package named `nope` found', false],
])('tells whether the registry is out of reach from %j: %j', (stderr, expected) => {
  expect(isOutOfReach(stderr)).toBe(expected);
});

test.each([
  ['cfg(unix)', true],
  ['cfg(windows)', false],
  ['cfg(not(windows))', true],
  ['cfg(all(unix, target_os = "linux"))', true],
  ['cfg(any(windows, target_os = "macos"))', false],
  ['cfg(all(not(any(target_arch = "wasm32")), any(unix, windows)))', true],
  [HOST, true],
  ['x86_64-pc-windows-msvc', false],
])('%s holds on Linux: %j', (target, expected) => {
  const cfg = new Set(['unix', 'target_os=linux', 'target_arch=x86_64']);
  expect(targetHolds(target, HOST, cfg)).toBe(expected);
});
