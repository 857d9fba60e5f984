import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import afterPack from '../../../main/launch/afterPack.ts';
import { checkoutRoot } from '../../../main/launch/checkout.ts';
import { registryMarker } from '../../../main/launch/installedElectron.ts';

const program = process.env.HOTDECK_PACKAGED ?? '';
const folder = dirname(program);
const resources = join(folder, 'resources');

describe('the fuses of the packaged app', () => {
  const off = {
    RunAsNode: FuseV1Options.RunAsNode,
    EnableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    LoadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    GrantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
  };
  const on = {
    EnableCookieEncryption: FuseV1Options.EnableCookieEncryption,
    EnableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    OnlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  };

  it.each(Object.entries(off))('%s is off', async (_name, fuse) => {
    expect((await getCurrentFuseWire(program))[fuse]).toBe(FuseState.DISABLE);
  });

  it.each(Object.entries(on))('%s is on', async (_name, fuse) => {
    expect((await getCurrentFuseWire(program))[fuse]).toBe(FuseState.ENABLE);
  });

  it('EnableNodeCliInspectArguments is on for these tests, and off for a release', async () => {
    const wire = await getCurrentFuseWire(program);
    expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.ENABLE);
    const release = readFileSync(join(checkoutRoot(), 'electron-builder.yml'), 'utf8');
    expect(release).toMatch(/^ {2}enableNodeCliInspectArguments: false$/m);
  });
});

describe('what is in the packaged app', () => {
  it('is the bundles and one node module', () => {
    const files = listPackage(join(resources, 'app.asar'), { isPack: false });
    const modules = files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(file)?.[1] ?? []);
    expect(modules).toEqual(['node-pty']);
    expect(files).toContain('/dist/main/app.js');
    expect(files).toContain('/assets/icons/icon.png');
    expect(files.filter((file) => /launch\.js|afterPack|\.test\.|\.ts$|\.map$/.test(file))).toEqual([]);
    expect(existsSync(join(resources, 'default_app.asar'))).toBe(false);
  });

  it('is the sample workspace, without anything built', () => {
    expect(existsSync(join(resources, 'sample', 'Cargo.toml'))).toBe(true);
    expect(existsSync(join(resources, 'sample', 'target'))).toBe(false);
  });

  it('may not be released if it stands on the registry build', async () => {
    const packed = {
      appOutDir: folder,
      electronPlatformName: process.platform,
      packager: { getResourcesDir: () => resources },
    };
    const release = afterPack(packed);
    if (existsSync(join(folder, registryMarker)))
      await expect(release).rejects.toThrow('development and tests only');
    else await expect(release).resolves.toBeUndefined();
  });
});
