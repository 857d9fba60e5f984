import { expect, it } from 'vitest';
import { engineEnvironment } from '../../../main/app/engineEnvironment.ts';

it('is what the app was started with', () => {
  const environment = { PATH: '/usr/bin:/bin', HOME: '/home/ann', EMPTY: '', RUST_LOG: 'debug' };
  expect(engineEnvironment(environment)).toEqual(environment);
});

it('keeps Electron’s own variables from the server', () => {
  expect(
    engineEnvironment({
      HOME: '/home/ann',
      ELECTRON_RUN_AS_NODE: '1',
      ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron',
      CHROME_DESKTOP: 'hotdeck.desktop',
      ORIGINAL_XDG_CURRENT_DESKTOP: 'GNOME:Classic',
      XDG_CURRENT_DESKTOP: 'GNOME',
      MISSING: undefined,
    }),
  ).toEqual({ HOME: '/home/ann', XDG_CURRENT_DESKTOP: 'GNOME:Classic' });
});

it('takes an AppImage’s folders out of the search paths', () => {
  expect(
    engineEnvironment({
      APPDIR: '/tmp/.mount_Hot',
      APPIMAGE: '/home/ann/Hotdeck.AppImage',
      PATH: '/tmp/.mount_Hot/usr/bin:/usr/bin:/tmp/.mount_Hot',
      LD_LIBRARY_PATH: '/tmp/.mount_Hot/usr/lib',
      OTHER: '/tmp/.mount_Hotter/bin',
    }),
  ).toEqual({ PATH: '/usr/bin', OTHER: '/tmp/.mount_Hotter/bin' });
});
