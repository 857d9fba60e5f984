import { describe, expect, it } from 'vitest';
import { activeToolchain, type ToolchainFacts } from '../../../../main/engine/rust/activeToolchain.ts';
import { parseInstalled } from '../../../../main/engine/rust/rustupList.ts';
import { missingParts, parseToolchainFile } from '../../../../main/engine/rust/toolchainFile.ts';

const HOST = 'x86_64-unknown-linux-gnu';
const bare: ToolchainFacts = {
  chosen: null,
  environment: null,
  overrides: new Map(),
  files: new Map(),
  folders: ['/a/b/c', '/a/b', '/a', '/'],
  fallback: `stable-${HOST}`,
  installed: [`stable-${HOST}`, `nightly-${HOST}`, 'mine'],
  host: HOST,
};
const file = (folder: string, text: string) =>
  [folder, parseToolchainFile(text, `${folder}/rust-toolchain.toml`)] as const;
const pinned = file('/a/b', '[toolchain]\nchannel = "nightly"\n');

describe('activeToolchain', () => {
  it.each([
    ['the default', bare, 'stable', 'default', null],
    ['a file above', { ...bare, files: new Map([pinned]) }, 'nightly', 'file', '/a/b/rust-toolchain.toml'],
    [
      'an override of the same folder before the file',
      { ...bare, files: new Map([pinned]), overrides: new Map([['/a/b', 'mine']]) },
      'mine',
      'directory',
      '/a/b',
    ],
    [
      'the closer file before an override further up',
      { ...bare, files: new Map([pinned]), overrides: new Map([['/a', 'mine']]) },
      'nightly',
      'file',
      '/a/b/rust-toolchain.toml',
    ],
    [
      'the environment before the file',
      { ...bare, files: new Map([pinned]), environment: 'stable' },
      'stable',
      'environment',
      null,
    ],
    [
      'the choice before all',
      { ...bare, environment: 'stable', chosen: 'nightly' },
      'nightly',
      'choice',
      null,
    ],
    [
      'a file that names components only',
      { ...bare, files: new Map([file('/a', '[toolchain]\ncomponents = ["clippy"]')]) },
      'stable',
      'default',
      null,
    ],
  ] satisfies [string, ToolchainFacts, string, string, string | null][])(
    'takes %s',
    (_, facts, name, because, where) => {
      const full = name === 'mine' ? name : `${name}-${HOST}`;
      expect(activeToolchain(facts)).toEqual({ name: full, because, where, installed: true });
    },
  );

  it('says what is not installed, and where nothing is set', () => {
    expect(activeToolchain({ ...bare, environment: '1.86.0' })).toMatchObject({
      name: '1.86.0',
      installed: false,
    });
    expect(activeToolchain({ ...bare, environment: '/opt/rust' })).toMatchObject({
      name: '/opt/rust',
      installed: true,
    });
    expect(activeToolchain({ ...bare, fallback: null })).toBeNull();
  });
});

describe('parseToolchainFile', () => {
  it('reads the old form, a path, and says what is broken', () => {
    expect(parseToolchainFile('nightly-2026-01-01\n', '/w/rust-toolchain').channel).toBe(
      'nightly-2026-01-01',
    );
    expect(parseToolchainFile('[toolchain]\r\nchannel = "1.86.0"\r\n', '/w/rust-toolchain').channel).toBe(
      '1.86.0',
    );
    expect(parseToolchainFile('[toolchain]\npath = "/opt/rust"', '/w/rust-toolchain.toml').path).toBe(
      '/opt/rust',
    );
    expect(parseToolchainFile('[toolchain', '/w/rust-toolchain.toml').trouble).toContain(
      '/w/rust-toolchain.toml',
    );
  });
});

describe('missingParts', () => {
  it('knows the names of previews and of targets', () => {
    const installed = [`clippy-preview-${HOST}`, 'rust-src', `rust-std-${HOST}`];
    const wanted = {
      components: ['clippy', 'rust-src', 'rustfmt'],
      targets: [HOST, 'aarch64-unknown-linux-gnu'],
    };
    expect(missingParts(wanted, installed)).toEqual({
      components: ['rustfmt'],
      targets: ['aarch64-unknown-linux-gnu'],
    });
  });
});

describe('parseInstalled', () => {
  it('reads the list of all versions of rustup', () => {
    const text = `stable-${HOST} (active, default) /r/stable\nnightly-${HOST} /home/a b/nightly\nmine (override)\t/opt/rust\n`;
    expect(parseInstalled(text).map((each) => [each.name, each.path])).toEqual([
      [`stable-${HOST}`, '/r/stable'],
      [`nightly-${HOST}`, '/home/a b/nightly'],
      ['mine', '/opt/rust'],
    ]);
    expect(parseInstalled('no installed toolchains\n')).toEqual([]);
  });
});
