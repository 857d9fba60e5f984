import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appEnvironment, launchArguments, readArguments } from '../../../main/launch/arguments.ts';

const facts = { app: '/checkout', sandboxed: true, version: '45.4.1', env: { DISPLAY: ':0' } };

describe('the caller’s arguments', () => {
  it('are paths from the caller’s folder, and flags as they are', () => {
    expect(readArguments(['../server', '--user-data-dir=x'], '/home/me/src')).toEqual({
      xvfb: false,
      forApp: [resolve('/home/me/server'), '--user-data-dir=x'],
    });
  });

  it('may ask for a virtual display, which is not the app’s business', () => {
    expect(readArguments(['--xvfb'], '/')).toEqual({ xvfb: true, forApp: [] });
  });
});

describe('Electron’s arguments', () => {
  it('begin with the app', () => {
    expect(launchArguments(['/srv/depot'], facts)).toEqual(['/checkout', '/srv/depot']);
  });

  it('take the sandbox away where it can’t work, once', () => {
    expect(launchArguments(['/srv/depot'], { ...facts, sandboxed: false })).toEqual([
      '/checkout',
      '--no-sandbox',
      '/srv/depot',
    ]);
    expect(launchArguments(['--no-sandbox'], { ...facts, sandboxed: false })).toEqual([
      '/checkout',
      '--no-sandbox',
    ]);
  });

  it('name Wayland to versions that do not look for it', () => {
    const wayland = { ...facts, env: { WAYLAND_DISPLAY: 'wayland-0' } };
    expect(launchArguments([], wayland)).toEqual(['/checkout']);
    expect(launchArguments([], { ...wayland, version: '33.2.1' })).toContain('--ozone-platform-hint=auto');
  });
});

describe('the app’s environment', () => {
  it('is the caller’s, without what npm and Electron put in', () => {
    const env = {
      PATH: '/usr/bin',
      CARGO_HOME: '/c',
      npm_config_cache: '/n',
      npm_lifecycle_event: 'start',
      npm_package_name: 'hotdeck',
      INIT_CWD: '/x',
      ELECTRON_RUN_AS_NODE: '1',
    };
    expect(appEnvironment(env)).toEqual({ PATH: '/usr/bin', CARGO_HOME: '/c', npm_config_cache: '/n' });
  });
});
