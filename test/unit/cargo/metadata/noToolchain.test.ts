import { expect, test } from 'vitest';
import { toolchainFailure } from '../../../../main/engine/cargo/metadata/noToolchain.ts';

const failureIn = (stderr: string) => {
  const result = toolchainFailure(stderr);
  return result === null || result.ok ? null : result.failure;
};

test.each([
  [
    'rustup 1.29',
    "error: toolchain '1.70.0-x86_64-unknown-linux-gnu' is not installed\nhelp: run `rustup …`\n",
  ],
  ['an earlier one', "error: toolchain '1.70.0-x86_64-unknown-linux-gnu' is not installed\n"],
  [
    'with a backtrace',
    "error: toolchain '1.70.0-aarch64-unknown-linux-gnu' is not installed\n\nStack backtrace:\n   0: anyhow\n",
  ],
])('a toolchain that is not installed is named, with the way to install it: %s', (_, stderr) => {
  expect(failureIn(stderr)).toEqual({
    kind: 'no-toolchain',
    message: 'The toolchain 1.70.0, which is selected here, is not installed.',
    remedy: expect.stringContaining('`rustup toolchain install 1.70.0`'),
  });
});

test('one that has no host in its name can’t be installed by it', () => {
  const asked =
    "error: custom toolchain 'mine' specified in override file '/w/rust-toolchain.toml' is not installed";
  for (const stderr of [asked, "error: toolchain 'mine' is not installed"]) {
    expect(failureIn(stderr)?.message).toContain('The toolchain mine,');
    expect(failureIn(stderr)?.remedy).toContain('rustup toolchain link');
  }
});

test('where rustup has none at all it says how to set one', () => {
  const stderr =
    "error: rustup could not choose a version of rustc to run, because one wasn't specified explicitly, and no default is configured.";
  expect(failureIn(stderr)?.remedy).toContain('rustup default stable');
});

test('what cargo says of manifests is another matter', () => {
  expect(failureIn('error: failed to parse manifest at `/w/Cargo.toml`')).toBeNull();
});
