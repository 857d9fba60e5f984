import { describe, expect, it } from 'vitest';
import { type PlatformFacts, platformCheck } from '../../../../main/engine/setup/checks/platform.ts';

const linux: PlatformFacts = {
  platform: 'linux',
  arch: 'x64',
  libc: 'glibc',
  target: null,
  host: 'x86_64-unknown-linux-gnu',
  staticRuntime: false,
};
const asked = (name: string) => ({ name, from: '--target' });

describe('platformCheck', () => {
  it.each([
    ['glibc on x86_64', linux, 'ok', 'x86_64'],
    ['glibc on aarch64', { ...linux, arch: 'arm64', host: 'aarch64-unknown-linux-gnu' }, 'ok', 'aarch64'],
    ['no toolchain yet', { ...linux, host: null }, 'ok', 'glibc'],
    ['its own target by name', { ...linux, target: asked('x86_64-unknown-linux-gnu') }, 'ok', 'glibc'],
    [
      'another architecture',
      { ...linux, arch: 'riscv64', host: 'riscv64gc-unknown-linux-gnu' },
      'warning',
      'riscv64',
    ],
    ['musl', { ...linux, libc: 'musl' }, 'problem', 'Closing a library does nothing in musl'],
    ['an unknown C library', { ...linux, libc: null }, 'unknown', "can't be seen"],
    ['a musl toolchain', { ...linux, host: 'x86_64-unknown-linux-musl' }, 'problem', 'the toolchain'],
    ['a musl target', { ...linux, target: asked('x86_64-unknown-linux-musl') }, 'problem', '--target'],
    [
      'a foreign target',
      { ...linux, target: asked('aarch64-unknown-linux-gnu') },
      'problem',
      'This machine is x86_64',
    ],
    [
      'a target that is not Linux',
      { ...linux, target: asked('x86_64-pc-windows-gnu') },
      'problem',
      'not Linux',
    ],
    ['a static C library', { ...linux, staticRuntime: true }, 'problem', '+crt-static'],
    ['macOS', { ...linux, platform: 'darwin', libc: null }, 'problem', 'This is macOS. Its loader keeps'],
    ['Windows', { ...linux, platform: 'win32', libc: null }, 'problem', 'This is Windows. It locks'],
    ['FreeBSD', { ...linux, platform: 'freebsd', libc: null }, 'problem', '/proc'],
  ] satisfies [string, PlatformFacts, string, string][])('says %s plainly', (_, facts, state, words) => {
    const check = platformCheck(facts);
    expect(check.state).toBe(state);
    expect(check.seen).toContain(words);
    expect(check.remedy === null).toBe(state === 'ok');
  });
});
